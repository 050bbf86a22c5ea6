package org.skerry.fhir.rest.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Models;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which paths patches may have, however they are written; and how much a patch may ask for. */
class SimplePathsTest {
  private static final Models MODELS = new Models();
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PATIENT =
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}]}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String patch(int times, String path) {
    ObjectNode patch = MAPPER.createObjectNode().put("resourceType", "Parameters");
    ArrayNode operations = patch.putArray("parameter");
    for (int i = 0; i < times; i++) {
      ArrayNode parts = operations.addObject().put("name", "operation").putArray("part");
      parts.addObject().put("name", "type").put("valueCode", "delete");
      parts.addObject().put("name", "path").put("valueString", path);
    }
    return patch.toString();
  }

  private static byte[] delete(String path) {
    return new FhirPathPatch(MODELS).apply(bytes(PATIENT), bytes(patch(1, path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient.identifier",
        "Patient.identifier.where(system = 'http://x/y//z')",
        "Patient.identifier.where(value = '/* no comment */')",
        "Patient.identifier.where(value = 'repeat(50%)')",
        "Patient.identifier.where(value = 'it\\'s // no comment')",
        "Patient.extension('http://x').value",
        "Patient.`identifier`.first()",
        "Patient . name . where ( family . startsWith ( 'b' ) )",
        "Patient.name.where(family = 'x' and (family = 'y' or (given = 'z')))",
        "Patient.name.where(family = '\u00e9\u2003x')"
      })
  void aSimplePathIsFollowed(String path) {
    assertThat(new String(delete(path), StandardCharsets.UTF_8)).isEqualTo(PATIENT);
  }

  /** Those of functions that run for very long do not end at all, were they followed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "Patient..name",
        "Patient.name.where(",
        "Patient.name.where(family = 'x",
        "Patient.name.where(family = '",
        "Patient.name.where(family.matches('(a+)+b'))",
        "Patient.name.where(family.matches ('(a+)+b'))",
        "Patient.name.where(family.matches\n('(a+)+b'))",
        "Patient.name.where(family.matches/**/('(a+)+b'))",
        "Patient.name.where(family.matches /* '*/ ('(a+)+b') /*'*/)",
        "Patient.name.where(family.matches // '\n('(a+)+b'))",
        "Patient.name.where(family.matches\u00a0('(a+)+b'))",
        "Patient.name.where(family.matches\u2003('(a+)+b'))",
        "Patient.name.where(family.matches\u0085('(a+)+b'))",
        "Patient.name.where(family.matches\u2028('(a+)+b'))",
        "Patient.name.where(family.matches\u000b('(a+)+b'))",
        "Patient.name.where(family.`matches`\u3000('(a+)+b'))",
        "Patient.name.where(family.`matches`('(a+)+b'))",
        "Patient.name.where(family.`matches` ('(a+)+b'))",
        "Patient.name.where(family.\"matches\"('(a+)+b'))",
        "Patient.name.where(\" = family.matches('(a+)+b') or family = \")",
        "Patient.name.where(family.replaceMatches('(a+)+b', ''))",
        "Patient.name.where(family = '\\\\').repeat(given)",
        "Patient.name.where(family = 'it\\'s').repeat(given)",
        "Patient.repeat($this)",
        "Patient.descendants()",
        "Patient.children().children()",
        "Patient.name.select(given)",
        "Patient.name.iif(true, 1)",
        "Patient.name.trace('x')",
        "Patient.managingOrganization.resolve()",
        "%resource.name",
        "Patient.name.where(%context.name.exists())",
        "Patient.name.where(%`vs-x`.exists())"
      })
  void anotherIsNot(String path) {
    OutcomeException refused = catchThrowableOfType(OutcomeException.class, () -> delete(path));
    assertThat(refused).as("followed: " + path).isNotNull();
    assertThat(refused.status()).isEqualTo(400);
  }

  /** What one operation adds, each of those behind it reads. */
  @Test
  void whatGrowsOnTheWayCounts() {
    ObjectNode patch = (ObjectNode) MAPPER.readTree(patch(999, "Patient.identifier"));
    ArrayNode parts = MAPPER.createArrayNode();
    parts.addObject().put("name", "type").put("valueCode", "add");
    parts.addObject().put("name", "path").put("valueString", "Patient.name[0]");
    parts.addObject().put("name", "name").put("valueString", "given");
    parts.addObject().put("name", "value").put("valueString", "x".repeat(1 << 20));
    ((ArrayNode) patch.path("parameter"))
        .insertObject(0)
        .put("name", "operation")
        .set("part", parts);
    OutcomeException refused =
        catchThrowableOfType(
            OutcomeException.class,
            () -> new FhirPathPatch(MODELS).apply(bytes(PATIENT), bytes(patch.toString())));
    assertThat(refused).isNotNull();
    assertThat(refused.status()).isEqualTo(413);
  }

  @Test
  void whoAsksForTooMuchIsToldSo() {
    String large = PATIENT.replace("!", "!".repeat(300_000));
    for (List<String> much :
        List.of(
            List.of(PATIENT, patch(1_001, "Patient.identifier")),
            List.of(large, patch(1_000, "Patient.identifier")),
            List.of(PATIENT, patch(1, "Patient.name" + ".given".repeat(200))))) {
      OutcomeException refused =
          catchThrowableOfType(
              OutcomeException.class,
              () -> new FhirPathPatch(MODELS).apply(bytes(much.get(0)), bytes(much.get(1))));
      assertThat(refused).isNotNull();
      assertThat(refused.status()).isIn(400, 413);
    }
  }
}
