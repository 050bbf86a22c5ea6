package org.skerry.fhir.search.terminology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.search.extract.Texts;
import org.skerry.fhir.search.query.CodeSet;
import org.skerry.fhir.search.query.Codes;
import tools.jackson.databind.JsonNode;

/** The codes of a ValueSet as its author expanded it. */
final class Expansion {
  /** They say that codes are missing (http://hl7.org/fhir/R4/valueset-extensions.html). */
  private static final Set<String> PARTIAL =
      Set.of(
          "http://hl7.org/fhir/StructureDefinition/valueset-unclosed",
          "http://hl7.org/fhir/StructureDefinition/valueset-toocostly");

  private final JsonNode expansion;
  private final Map<String, Set<String>> codes = new HashMap<>();
  private int entries;

  Expansion(JsonNode expansion) {
    this.expansion = expansion;
    gather(expansion);
  }

  private void gather(JsonNode from) {
    for (JsonNode one : from.path("contains").values()) {
      entries++;
      if (!one.path("abstract").asBoolean(false) && one.has("code")) {
        codes
            .computeIfAbsent(one.path("system").asString(""), any -> new HashSet<>())
            .add(Texts.code(one.path("code").asString("")));
      }
      gather(one);
    }
  }

  CodeSet codes() {
    CodeSet all = CodeSet.NONE;
    for (Map.Entry<String, Set<String>> one : codes.entrySet()) {
      all = all.or(CodeSet.of(one.getKey(), new Codes.Only(one.getValue())));
    }
    return all;
  }

  /** By what it shows that codes are missing, if any are. */
  Optional<String> gap() {
    for (JsonNode extension : expansion.path("extension").values()) {
      String url = extension.path("url").asString("");
      if (PARTIAL.contains(url) && extension.path("valueBoolean").asBoolean(false)) {
        return Optional.of(url);
      }
    }
    if (expansion.path("offset").asLong(0) > 0) {
      return Optional.of("its offset");
    }
    return expansion.path("total").asLong(0) > entries
        ? Optional.of("a total above its entries")
        : Optional.empty();
  }
}
