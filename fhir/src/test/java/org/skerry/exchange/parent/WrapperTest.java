package org.skerry.exchange.parent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.http.HttpProblem;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.json.JsonMapper;

/** Requests of children, and whose are taken. */
class WrapperTest {
  private final Databases databases = new Databases(new MemoryStore());

  @AfterEach
  void close() {
    databases.close();
  }

  private static Wrapper read(String json) {
    return Wrapper.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Wrapper request(String members) {
    return read(
        "{\"instanceId\":\"child\",\"clientName\":\"fhir\",\"request\":{\"method\":\"PUT\","
            + "\"url\":\"/fhir/a/Patient/1\""
            + (members.isEmpty() ? "" : ",")
            + members
            + "}}");
  }

  private static String body(String json) {
    return new String(request("\"body\":" + json).body().orElseThrow(), StandardCharsets.UTF_8);
  }

  /** Anybody who is signed in may send one. */
  @Test
  void aTreeHasABound() {
    String lists = "{\"request\":{},\"x\":[" + "[],".repeat(1_000_001) + "[]]}";
    assertThat(catchThrowableOfType(HttpProblem.class, () -> read(lists)).status()).isEqualTo(413);
  }

  @Test
  void aBodyKeepsItsBytes() {
    assertThat(body("{ \"value\" : 1.500, \"big\":123456789012345678901234567890 }"))
        .isEqualTo("{ \"value\" : 1.500, \"big\":123456789012345678901234567890 }");
    assertThat(body("\"{\\\"value\\\":1.500}\"")).isEqualTo("{\"value\":1.500}");
    assertThat(body("\"\"")).isEmpty();
    assertThat(body("{}")).isEqualTo("{}");
    assertThat(body("{\"body\":{\"body\":1},\"request\":{}}"))
        .isEqualTo("{\"body\":{\"body\":1},\"request\":{}}");
    assertThat(request("").body()).isEmpty();
    assertThat(request("\"body\":null").body()).isEmpty();
  }

  @Test
  void aBodyThatIsThereTwiceIsNone() {
    HttpProblem refused =
        catchThrowableOfType(
            HttpProblem.class, () -> request("\"body\":{\"a\":1},\"\\u0062ody\":{\"b\":2}"));
    assertThat(refused).isNotNull();
    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void noHeadersGoAlongButThoseOfVersions() {
    assertThat(
            request(
                    "\"headers\":{\"if-match\":\"W/\\\"1\\\"\",\"Authorization\":\"Basic x\","
                        + "\"Cookie\":\"AuthSession=x\",\"X-HTTP-Method-Override\":\"DELETE\","
                        + "\"Host\":\"x\",\"PREFER\":5,\"Accept\":null}")
                .headers())
        .isEqualTo(Map.of("If-Match", "W/\"1\""));
    assertThat(request("\"headers\":[\"If-Match\"]").headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          { ; invalid UTF-8 JSON
          [] ; expected an object
          null ; expected an object
          {} ; expected an object
          {"request":[]} ; expected an object
          {"request":{}} ; `clientName` must be a text
          {"clientName":null,"request":{}} ; `clientName` must be a text
          {"clientName":"soap","request":{}} ; `clientName` must be fhir or rest
          {"clientName":"FHIR","request":{}} ; `clientName` must be fhir or rest
          {"clientName":"fhir","request":{}} ; `method` must be a text
          {"clientName":"fhir","request":{"method":"put","url":"/"}} ; must be one of GET
          {"clientName":"fhir","request":{"method":"TRACE","url":"/"}} ; must be one of GET
          {"clientName":"fhir","request":{"method":["GET"],"url":"/"}} ; `method` must be a text
          {"clientName":"fhir","request":{"method":"GET"}} ; `url` must be a text
          {"clientName":"fhir","request":{"method":"GET","url":" "}} ; `url` must be a text
          {"clientName":"fhir","request":{"method":"GET","url":5}} ; `url` must be a text
          {"clientName":"fhir","request":{"method":"GET","url":"/","body":[1]}} ; must be a text or an object
          {"clientName":"fhir","request":{"method":"GET","url":"/","body":true}} ; must be a text or an object
          """)
  void whatIsNoneIsRefused(String json, String reason) {
    HttpProblem refused = catchThrowableOfType(HttpProblem.class, () -> read(json));
    assertThat(refused).as("taken: " + json).isNotNull();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.getMessage()).contains(reason);
  }

  @Test
  void aNameOrADepthWithoutEndIsRefused() {
    String rest = "\"clientName\":\"fhir\",\"request\":{\"method\":\"GET\",\"url\":\"/\"";
    for (String json :
        List.of(
            "{\"instanceId\":\"" + "n".repeat(256) + "\"," + rest + "}}",
            "{" + rest + ",\"body\":{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}}}",
            "{" + rest + ",\"body\":{\"a\":" + "[".repeat(498) + "]".repeat(498) + "}}}")) {
      HttpProblem refused = catchThrowableOfType(HttpProblem.class, () -> read(json));
      assertThat(refused).as(json).isNotNull();
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  private Whitelist whitelist(String... documents) {
    Database described =
        databases.find("_exchange").orElseGet(() -> databases.create("_exchange").orElseThrow());
    for (int i = 0; i < documents.length; i++) {
      DocId id = DocId.of(i == 0 ? Whitelist.ID : "partner" + i);
      assertThat(
              described.update(
                  new NewRevision(
                      id, Optional.empty(), false, Body.parse(documents[i]), List.of())))
          .isInstanceOf(WriteResult.Written.class);
    }
    return Whitelist.read(databases, "_exchange");
  }

  @Test
  void withoutAListAllAreTaken() {
    assertThat(Whitelist.read(databases, "nowhere").admits("x")).isTrue();
    assertThat(whitelist("{\"enabled\":false,\"instanceIds\":[\"a\"]}").admits("x")).isTrue();
  }

  @Test
  void onlyThoseOnAListAreTaken() {
    Whitelist list =
        whitelist(
            "{\"enabled\":true,\"instanceIds\":[\"a\",\"ä\",\"A b\"]}",
            "{\"whitelist\":{\"enabled\":true,\"instanceIds\":[\"c\"]}}",
            "{\"whitelist\":{\"enabled\":false,\"instanceIds\":[\"d\"]}}");
    assertThat(List.of("a", "ä", "A b", "c")).allMatch(list::admits);
    assertThat(List.of("", "A", "d", "a ", "[\"a\"]")).noneMatch(list::admits);
  }

  /** A partner's document is not looked at as closely as the list's own. */
  @Test
  void whoHasNoNameIsOnNoList() {
    Whitelist list =
        whitelist(
            "{\"enabled\":true,\"instanceIds\":[]}",
            "{\"whitelist\":{\"enabled\":true,\"instanceIds\":[null,\"\",{},[\"a\"],5,true]}}",
            "{\"whitelist\":{\"enabled\":true,\"instanceIds\":\"b\"}}",
            "{\"whitelist\":{\"enabled\":true}}",
            "{\"whitelist\":[true]}",
            "{\"digits\":" + "7".repeat(3_000) + "}");
    assertThat(List.of("", "a", "5", "true", "b", "null")).noneMatch(list::admits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      nullValues = "-",
      textBlock =
          """
          {"enabled":true,"instanceIds":["a"]} ; -
          {"enabled":false,"instanceIds":[]} ; -
          [] ; `enabled` must be
          {} ; `enabled` must be
          {"enabled":"true","instanceIds":[]} ; `enabled` must be
          {"enabled":true} ; `instanceIds` must be
          {"enabled":true,"instanceIds":"a"} ; `instanceIds` must be
          {"enabled":true,"instanceIds":["a",null]} ; `instanceIds` must be
          """)
  void whatIsWrongWithAListIsSaid(String json, String problem) {
    List<String> problems = Whitelist.problems(new JsonMapper().readTree(json));
    if (problem == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).singleElement().asString().contains(problem);
    }
  }
}
