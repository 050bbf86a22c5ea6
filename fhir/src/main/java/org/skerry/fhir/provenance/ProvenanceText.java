package org.skerry.fhir.provenance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.By;
import org.skerry.conflict.Mark;
import org.skerry.conflict.SettlementRow;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.revision.RevId;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** What became of a conflict as a Provenance (http://hl7.org/fhir/R4/provenance.html). */
final class ProvenanceText {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private ProvenanceText() {}

  /** The same on every node. */
  static String id(SettlementRow settlement) {
    return "settlement-" + hash(settlement.id() + "/" + settlement.into());
  }

  /** The same on every node, and another for each of those who undo the same at once. */
  static String id(DocId id, Mark.Undone undoing) {
    return "undoing-" + hash(id + "/" + undoing.tombstone());
  }

  private static String hash(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A settlement.
   *
   * @param into the version that it left
   */
  static Body of(String id, ResourceText into, SettlementRow settlement) {
    return write(
        id,
        into,
        new Story(
            "settlement of a conflict",
            settlement.by(),
            List.of(settlement.into()),
            settlement.leaves().stream().map(Mark.Settled::leaf).toList()));
  }

  /**
   * An undoing: what it made stands beside each other again, instead of what the settlement left.
   *
   * @param into the version that the settlement left
   */
  static Body of(String id, ResourceText into, Mark.Undone undoing) {
    return write(
        id,
        into,
        new Story(
            "undoing of a settlement",
            undoing.by(),
            undoing.reopened().stream().sorted().toList(),
            List.of(undoing.into())));
  }

  /**
   * What happened.
   *
   * @param made versions that live since then
   * @param earlier versions that were superseded
   */
  private record Story(String activity, By by, List<RevId> made, List<RevId> earlier) {}

  private static Body write(String id, ResourceText into, Story story) {
    Optional<String> recorded = recorded(into, story.by());
    return Body.ofTrusted(
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("resourceType", "Provenance");
              out.writeStringProperty("id", id);
              recorded.ifPresent(
                  at -> {
                    out.writeObjectPropertyStart("meta");
                    out.writeStringProperty("lastUpdated", at);
                    out.writeEndObject();
                  });
              out.writeArrayPropertyStart("target");
              story.made().forEach(rev -> version(out, into, rev));
              out.writeEndArray();
              recorded.ifPresentOrElse(
                  at -> out.writeStringProperty("recorded", at), () -> unknown(out));
              by(out, story);
              out.writeArrayPropertyStart("entity");
              story.earlier().forEach(rev -> entity(out, into, rev));
              out.writeEndArray();
              out.writeEndObject();
            }));
  }

  /** A person's settlement says when it was; a policy's is as old as what it made. */
  private static Optional<String> recorded(ResourceText into, By by) {
    Optional<Instant> at =
        switch (by) {
          case By.Person person -> instant(person.at()).or(into::lastUpdated);
          case By.Rule rule -> into.lastUpdated();
        };
    return at.map(IncomingResource::stamp);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The element is mandatory; so is the truth. The member's name is as documents keep it. */
  private static void unknown(JsonGenerator out) {
    out.writeObjectPropertyStart("recorded_");
    out.writeArrayPropertyStart("extension");
    out.writeStartObject();
    out.writeStringProperty("url", ABSENT);
    out.writeStringProperty("valueCode", "unknown");
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void by(JsonGenerator out, Story story) {
    switch (story.by()) {
      case By.Rule rule -> {
        String name = URLEncoder.encode(rule.name(), StandardCharsets.UTF_8).replace("+", "%20");
        out.writeArrayPropertyStart("policy");
        out.writeString("http://skerry.org/fhir/conflict-policy/" + rule.version() + "#" + name);
        out.writeEndArray();
        activity(out, story);
        agent(out, "assembler", "rule \"" + rule.name() + "\" of the conflict policy");
      }
      case By.Person person -> {
        person.comment().filter(text -> !text.isBlank()).ifPresent(text -> reason(out, text));
        activity(out, story);
        agent(out, "author", person.name().isBlank() ? "somebody" : person.name());
      }
    }
  }

  private static void reason(JsonGenerator out, String comment) {
    out.writeArrayPropertyStart("reason");
    out.writeStartObject();
    out.writeStringProperty("text", comment);
    out.writeEndObject();
    out.writeEndArray();
  }

  private static void activity(JsonGenerator out, Story story) {
    out.writeObjectPropertyStart("activity");
    coding(out, TERMINOLOGY + "v3-DataOperation", "UPDATE");
    out.writeStringProperty("text", story.activity());
    out.writeEndObject();
  }

  private static void coding(JsonGenerator out, String system, String code) {
    out.writeArrayPropertyStart("coding");
    out.writeStartObject();
    out.writeStringProperty("system", system);
    out.writeStringProperty("code", code);
    out.writeEndObject();
    out.writeEndArray();
  }

  private static void agent(JsonGenerator out, String type, String who) {
    out.writeArrayPropertyStart("agent");
    out.writeStartObject();
    out.writeObjectPropertyStart("type");
    coding(out, TERMINOLOGY + "provenance-participant-type", type);
    out.writeEndObject();
    out.writeObjectPropertyStart("who");
    out.writeStringProperty("display", who);
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndArray();
  }

  private static void entity(JsonGenerator out, ResourceText into, RevId rev) {
    out.writeStartObject();
    out.writeStringProperty("role", "revision");
    out.writeName("what");
    version(out, into, rev);
    out.writeEndObject();
  }

  private static void version(JsonGenerator out, ResourceText of, RevId rev) {
    out.writeStartObject();
    out.writeStringProperty("reference", of.id() + "/_history/" + rev);
    out.writeEndObject();
  }
}
