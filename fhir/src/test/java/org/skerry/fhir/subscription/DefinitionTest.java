package org.skerry.fhir.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.collation.ValueReader;

class DefinitionTest {
  private static Definition definition(String criteria) {
    String json =
        "{\"criteria\":\""
            + criteria
            + "\",\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"https://e.example/in\"}}";
    return Definition.of(
        ValueReader.read(json.getBytes(StandardCharsets.UTF_8)),
        Set.of("Patient"),
        List.of("https://e.example/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_text=bone",
        "_content=bone",
        "_filter=active eq true",
        "_id=1",
        "_has:Observation:patient:code=x",
        "gender=male",
      })
  void criteriaSayWhichResourcesAreMeant(String query) {
    assertThat(definition("Patient?" + query).query()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_sort=name", "_count=1", "_elements=id", "_summary=text", "_total=none"})
  void howAnAnswerIsWrittenIsNoneOfThem(String query) {
    assertThatThrownBy(() -> definition("Patient?" + query))
        .isInstanceOf(InvalidSubscriptionException.class)
        .hasMessageContaining("does not say which resources are meant");
  }
}
