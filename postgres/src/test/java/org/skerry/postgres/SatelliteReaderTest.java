package org.skerry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.postgres.mapping.InvalidMappingException;
import org.skerry.postgres.rpc.RpcAccess;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SatelliteReaderTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static ObjectNode json() {
    return (ObjectNode)
        MAPPER.readTree(
            """
            {"url": "postgresql://127.0.0.1:5432/health", "user": "tryton", "password": "s3cret",
             "database": "clinic", "mapping": {"tables": [{"name": "party"}]}}
            """);
  }

  private static Satellite read(ObjectNode json) {
    return SatelliteReader.read("hill", json, name -> !name.contains("!"));
  }

  @Test
  void whatIsNotSaidIsUsual() {
    Satellite satellite = read(json());
    assertThat(satellite.site()).isEqualTo("hill");
    assertThat(satellite.central()).isFalse();
    assertThat(satellite.capture()).isEqualTo(Satellite.Capture.LOGICAL);
    assertThat(satellite.push()).isEqualTo(Satellite.Flow.CONTINUOUS);
    assertThat(satellite.access().jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/health");
  }

  @Test
  void everythingThatCanBeSaidIsRead() {
    ObjectNode json = json();
    json.put("site", "hill-top").put("central", true).put("capture", "outbox");
    json.putObject("push").put("seconds", 300);
    json.putObject("pull").put("enabled", false);
    json.putObject("rpc")
        .put("url", "http://127.0.0.1:8000/health/")
        .put("user", "admin")
        .put("password", "p");
    Satellite satellite = read(json);
    assertThat(satellite.push()).isEqualTo(new Satellite.Flow(true, Optional.of(300L)));
    assertThat(satellite.pull()).isEqualTo(new Satellite.Flow(false, Optional.empty()));
    assertThat(satellite.rpc())
        .contains(new RpcAccess(URI.create("http://127.0.0.1:8000/health/"), "admin", "p"));
  }

  @Test
  void passwordsAreInNoText() {
    ObjectNode json = json();
    json.putObject("rpc").put("url", "http://h/d").put("user", "u").put("password", "s3cret");
    assertThat(read(json).toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          url ; "http://x/y" ; `url` must be postgresql://
          url ; "postgresql://u:p@h/d" ; `url` must be postgresql://
          url ; "postgresql://h/d?sslmode=disable" ; `url` must be postgresql://
          url ; null ; `url` is missing
          user ; "" ; `user` must be a text
          password ; null ; `password` is missing
          database ; "_users" ; `database` is no name
          database ; "no!" ; `database` is no name
          site ; "a b" ; `site` must be a short word
          capture ; "magic" ; `capture` must be one of
          push ; {"seconds": 0} ; `push.seconds` must be a whole number
          pull ; {"sometimes": true} ; unknown member `pull.sometimes`
          rpc ; {"url": "http://h", "user": "u", "password": "p"} ; `rpc.url` must be an http(s) URL with a path
          rpc ; {"url": "http://u:p@h/d", "user": "u", "password": "p"} ; `rpc.url` must be
          mapping ; null ; `mapping` is missing
          mapping ; {"tables": []} ; `mapping.tables` must be a list
          mapping ; {"tables": [{"name": "a", "via": {"rpc": "m"}}]} ; `rpc` is missing
          bogus ; 1 ; unknown member `bogus`
          """)
  void whatIsWrongIsTold(String member, String value, String problem) {
    ObjectNode json = json();
    json.set(member, MAPPER.readTree(value));
    InvalidMappingException refused =
        catchThrowableOfType(InvalidMappingException.class, () -> read(json));
    assertThat(refused.problems()).anyMatch(told -> told.startsWith(problem));
  }

  @Test
  void theIdIsAName() {
    assertThat(
            catchThrowableOfType(
                InvalidMappingException.class,
                () -> SatelliteReader.read("Not A Name", json(), name -> true)))
        .hasMessageContaining("the id must be the satellite's name");
  }
}
