package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PartnerReaderTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PULL = "\"pull\":{\"categories\":[{\"type\":\"Patient\"}]}";

  private static Partner read(String json) {
    return PartnerReader.read("centre", MAPPER.readTree(json), name -> !name.equals("Bad"));
  }

  private static String base(Partner partner, String client) {
    return partner.clients().get(client).base().toString();
  }

  @Test
  void allOfADescriptionIsRead() {
    Partner partner =
        read(
            "{\"database\":\"clinic\",\"base\":\"https://c.example/fhir/\","
                + "\"feeds\":\"https://c.example/ws/atomfeed\",\"instance\":\"clinic-7\","
                + "\"auth\":{\"username\":\"u\",\"password\":\"p\",\"cookie\":\"SkerryFeed=x\"},"
                + "\"pull\":{\"schedule\":60,\"categories\":[{\"type\":\"Patient\"},"
                + "{\"type\":\"Observation\",\"category\":\"obs\"},"
                + "{\"type\":\"Group\",\"enabled\":false}]},"
                + "\"push\":{\"enabled\":false,\"categories\":[{\"type\":\"Patient\"}]},"
                + "\"retry\":{\"attempts\":2,\"first_seconds\":5,\"most_seconds\":9},"
                + "\"records\":{\"successes\":false}}");
    assertThat(base(partner, "fhir")).isEqualTo("https://c.example/fhir");
    assertThat(partner.pull().orElseThrow().subjects())
        .extracting(subject -> subject.category() + " " + subject.type() + " " + subject.client())
        .containsExactly("patient Patient fhir", "obs Observation fhir");
    assertThat(partner.pull().orElseThrow().subjects())
        .extracting(Partner.Subject::every)
        .containsOnly(Duration.ofSeconds(60));
    assertThat(partner.push()).isEmpty();
    assertThat(partner.retry().pause(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(partner.retry().pause(9)).isEqualTo(Duration.ofSeconds(9));
    assertThat(partner.records()).isEqualTo(new Partner.Records(false, true));
    assertThat(partner.credentials().authorization()).contains("Basic dTpw");
    assertThat(partner.toString()).doesNotContain("dTpw").doesNotContain("SkerryFeed");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"database\":\"_users\",\"base\":\"ftp://x\",\"feeds\":\"http://u:p@x/\","
                        + "\"auth\":{\"username\":\"u\",\"pasword\":\"p\"},\"retry\":{\"attempts\":0},"
                        + "\"pull\":{\"schedule\":-1,\"categories\":[{\"type\":\"patient\"},"
                        + "{\"client\":\"rest\",\"type\":\"Patient\"}]},\"colour\":1}"))
        .isInstanceOf(InvalidPartnerException.class)
        .hasMessageContainingAll(
            "unknown member `colour`",
            "`database` is no name",
            "`base` must be an http(s) URL",
            "`feeds` must be an http(s) URL without credentials",
            "unknown member `auth.pasword`",
            "`auth.password` is missing",
            "`pull.schedule` must be",
            "`type` must be a type of resource",
            "there is no `clients.rest` with its base");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"database\":\"clinic\",\"base\":\"http://x\"}",
        "{\"database\":\"Bad\",\"base\":\"http://x\"," + PULL + "}",
        "{\"database\":\"clinic\",\"base\":\"http:// x\"," + PULL + "}",
        "{\"database\":\"clinic\",\"base\":\"http://x?y=1\"," + PULL + "}",
        "{\"database\":\"clinic\",\"base\":7," + PULL + "}",
        "{\"database\":\"clinic\",\"base\":\"http://x\",\"pull\":[]}",
        "{\"database\":\"clinic\",\"base\":\"http://x\",\"pull\":{\"enabled\":\"yes\"}}",
        "{\"general\":{},\"database\":\"clinic\"}",
        "{\"general\":7,\"pull\":{\"enabled\":true}}"
      })
  void whatDescribesNoPartnerIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidPartnerException.class);
  }

  private static final String SYNC2 =
      "{\"database\":\"clinic\",\"general\":{\"parentFeedLocation\":\"http://parent:8080/openmrs\","
          + "\"localFeedLocation\":\"http://child:8080/openmrs\",\"localInstanceId\":\"child-1\","
          + "\"persistSuccessAudit\":false,\"persistFailureAudit\":true,\"clients\":{\"rest\":{"
          + "\"hostAddress\":\"\",\"login\":\"admin\",\"password\":\"x\"},\"fhir\":{"
          + "\"hostAddress\":\"\",\"login\":\"admin\",\"password\":\"Admin123\"}}},"
          + "\"push\":{\"enabled\":true,\"schedule\":\"43200\",\"classes\":[{\"classTitle\":"
          + "\"Patient\",\"category\":\"patient\",\"openMrsClass\":\"org.openmrs.Patient\","
          + "\"enabled\":true,\"preferredClient\":\"fhir\"}]},"
          + "\"pull\":{\"enabled\":true,\"schedule\":300,\"classes\":[{\"classTitle\":\"Location\","
          + "\"category\":\"location\",\"openMrsClass\":\"org.openmrs.Location\",\"enabled\":true},"
          + "{\"classTitle\":\"Privilege\",\"category\":\"privilege\",\"enabled\":%s}]},"
          + "\"whitelist\":{\"enabled\":false,\"instanceIds\":[]}}";

  @Test
  void aConfigurationFileOfOpenMrsIsReadAsItIs() {
    Partner partner = read(SYNC2.formatted("false"));
    assertThat(base(partner, "fhir")).isEqualTo("http://parent:8080/openmrs/ws/fhir2/R4");
    assertThat(base(partner, "rest")).isEqualTo("http://parent:8080/openmrs/ws/rest/v1");
    assertThat(partner.clients().get("fhir").wrapper())
        .as("as sync2 does where no host is named")
        .contains(URI.create("http://parent:8080/openmrs/ws/rest/sync2"));
    assertThat(partner.clients().get("fhir").classes())
        .containsEntry("Patient", "org.openmrs.Patient");
    assertThat(partner.feeds()).contains(URI.create("http://parent:8080/openmrs/ws/atomfeed"));
    assertThat(partner.instance()).isEqualTo("child-1");
    assertThat(partner.push().orElseThrow().subjects())
        .containsExactly(
            new Partner.Subject(
                "patient",
                "Patient",
                "fhir",
                Duration.ofSeconds(43_200),
                RetryRule.USUAL,
                ConflictRule.KEEP));
    assertThat(partner.pull().orElseThrow().subjects().getFirst().every())
        .isEqualTo(Duration.ofSeconds(300));
    assertThat(partner.records()).isEqualTo(new Partner.Records(false, true));
  }

  @Test
  void aCategoryThatFhirHasNothingForIsTold() {
    assertThatThrownBy(() -> read(SYNC2.formatted("true")))
        .isInstanceOf(InvalidPartnerException.class)
        .hasMessageContaining("`pull.classes[1].category` is none that fhir has a type for");
  }

  @Test
  void nobodyElseGetsThePassword() {
    Partner partner = read("{\"database\":\"clinic\",\"base\":\"http://x:1/fhir\"," + PULL + "}");
    var fhir = partner.clients().get("fhir");
    assertThat(fhir.hosts(URI.create("http://x:1/fhir/Patient"))).isTrue();
    assertThat(fhir.hosts(URI.create("http://y:1/fhir/Patient"))).isFalse();
    assertThat(fhir.hosts(URI.create("https://x:1/fhir/Patient"))).isFalse();
  }
}
