package org.skerry.fhir.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.document.Body;
import org.skerry.fhir.audit.EventText.Circumstances;
import org.skerry.fhir.audit.Trail.Step;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.revision.RevId;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in an AuditEvent, whatever was asked and by whom. */
@ExtendWith(Seeded.class)
class EventTextTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");
  private static final RevId REV = RevId.parse("1-" + "a".repeat(32));

  private static Circumstances around(Optional<String> user, String query) {
    return new Circumstances(NOON, "n\"1", "clinic", user, "::1", "/fhir/clinic/Patient", query);
  }

  private static Step done(Action what, String about, Optional<String> patient) {
    return new Step(what, ResourceId.parse(about), Optional.of(REV), patient, 200, "");
  }

  private static Step refused(int status, String problem) {
    return new Step(
        Action.CREATE, Optional.empty(), Optional.empty(), Optional.empty(), status, problem);
  }

  private static JsonNode event(Circumstances around, List<Step> steps) {
    // Also shows that nothing stands in it that no document may hold.
    return MAPPER.readTree(Body.parse(EventText.of("e1", around, steps).toString()).json());
  }

  private static List<String> references(JsonNode event) {
    List<String> found = new ArrayList<>();
    event
        .path("entity")
        .forEach(entity -> found.add(entity.at("/what/reference").asString("query")));
    return found;
  }

  @Test
  void whatWasDoneIsNamedWithItsVersionAndPatient() {
    JsonNode event =
        event(
            around(Optional.of("ann"), ""),
            List.of(
                done(Action.UPDATE, "Observation/o", Optional.of("Patient/p")),
                done(Action.UPDATE, "Observation/q", Optional.of("Patient/p")),
                done(Action.UPDATE, "Patient/r", Optional.of("Patient/r"))));
    assertThat(references(event))
        .containsExactly(
            "Observation/o/_history/" + REV,
            "Observation/q/_history/" + REV,
            "Patient/r/_history/" + REV,
            "Patient/p");
    assertThat(event.at("/subtype/0/code").asString()).isEqualTo("update");
    assertThat(event.path("action").asString()).isEqualTo("U");
    assertThat(event.path("outcome").asString()).isEqualTo("0");
    assertThat(event.at("/agent/0/name").asString()).isEqualTo("ann");
    assertThat(event.at("/entity/0/role/code").asString()).isEqualTo("4");
    assertThat(event.at("/entity/2/role/code").asString()).isEqualTo("1");
    assertThat(event.path("recorded").asString()).startsWith("2026-05-06T12:00:00");
  }

  @Test
  void aSearchSaysWhatWasAsked() {
    String query = "name=%C3%A4\"&x=<script>";
    JsonNode event =
        event(around(Optional.empty(), query), List.of(refused(400, "no such parameter")));
    String asked = event.at("/entity/0/query").asString();
    assertThat(new String(Base64.getDecoder().decode(asked), StandardCharsets.UTF_8))
        .isEqualTo("/fhir/clinic/Patient?" + query);
    assertThat(event.at("/agent/0").has("name")).isFalse();
    assertThat(event.path("outcome").asString()).isEqualTo("4");
  }

  @ParameterizedTest
  @CsvSource({"200, 0", "304, 0", "399, 0", "400, 4", "409, 4", "499, 4", "500, 8", "503, 8"})
  void theOutcomeFollowsTheStatus(int status, String outcome) {
    JsonNode event = event(around(Optional.empty(), ""), List.of(refused(status, "")));
    assertThat(event.path("outcome").asString()).isEqualTo(outcome);
    assertThat(event.has("outcomeDesc")).isFalse();
  }

  @Test
  void aLongProblemIsCutBetweenCharacters() {
    for (int length = 995; length < 1_005; length++) {
      String problem = "x".repeat(length) + "😀😀";
      String told =
          event(around(Optional.empty(), ""), List.of(refused(400, problem)))
              .path("outcomeDesc")
              .asString();
      assertThat(problem).startsWith(told);
      assertThat(told.length()).isBetween(999, 1_000).isLessThanOrEqualTo(problem.length());
      assertThat(told.codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }
  }

  /** Names and texts come from strangers. */
  @RepeatedTest(100)
  void whateverIsSaidStaysWhereItBelongs(SplittableRandom random) {
    String user = text(random);
    String problem = text(random) + "!";
    JsonNode event =
        event(
            around(Optional.of(user), text(random)),
            List.of(refused(400, problem), refused(400, problem)));
    assertThat(event.at("/agent/0/name").asString()).isEqualTo(user);
    assertThat(event.path("outcomeDesc").asString()).isEqualTo(problem);
    assertThat(event.path("resourceType").asString()).isEqualTo("AuditEvent");
    assertThat(event.path("id").asString()).isEqualTo("e1");
    assertThat(event.path("agent")).hasSize(1);
  }

  private static String text(SplittableRandom random) {
    List<String> pieces =
        List.of(
            "\"", "\\", "}", "]", ",\"id\":\"x\"", "\n", "\u0000", "ä", "😀", "\u2028", "<", "%");
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  @Test
  void whatIsReadLeavesATrailWhereThatIsWanted() {
    ResourceId id = new ResourceId("Patient", "p");
    for (AuditLevel level : AuditLevel.values()) {
      boolean all = level == AuditLevel.ALL;
      Trail trail = new Trail(level);
      trail.asked(Action.SEARCH);
      trail.refused(Action.READ, Optional.of(id), 404, "unknown");
      assertThat(trail.steps()).hasSize(all ? 2 : 0);
      trail.asked(Action.BUNDLE);
      trail.refused(Action.UPDATE, Optional.of(id), 409, "others did");
      trail.wrote(Action.CREATE, id, REV, Body.parse("{\"resourceType\":\"Patient\"}"));
      trail.deleted(id, REV);
      assertThat(trail.steps()).hasSize(all ? 6 : 4);
      assertThat(trail.written("Patient")).as("what was refused is not").containsExactly(id, id);
      assertThat(trail.written("Observation")).isEmpty();
      assertThat(AuditLevel.of(level.name().toLowerCase(Locale.ROOT))).contains(level);
    }
    assertThat(List.of("", "ALL", "all ", "reads", "null"))
        .allMatch(name -> AuditLevel.of(name).isEmpty());
  }

  @Test
  void idsAreInTheOrderOfTheirTimes() {
    String before = "";
    for (long milli : new long[] {0, 1, 255, 256, 1L << 31, 1L << 40, (1L << 47) - 1}) {
      String id = EventIds.at(Instant.ofEpochMilli(milli));
      assertThat(ResourceId.isId(id)).as(id).isTrue();
      assertThat(id).isGreaterThan(before);
      assertThat(EventIds.at(Instant.ofEpochMilli(milli))).isNotEqualTo(id);
      before = id;
    }
  }
}
