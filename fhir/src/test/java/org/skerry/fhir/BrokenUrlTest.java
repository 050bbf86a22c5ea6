package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are not percent-encoded UTF-8: who asked by FHIR's API is told so in its words. */
@Timeout(300)
class BrokenUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/clinic/Patient?name=%zz",
        "/fhir/clinic/Patient?%=1",
        "/fhir/clinic/Patient?name=%ff",
        "/fhir/clinic/Patient/%zz",
        "/fhir/%f/Patient",
        "//fhir/clinic/%ff?x=%ff"
      })
  void isToldByAnOutcome(String url) throws IOException {
    try (FhirNode node = new FhirNode()) {
      assertThat(raw(node, url, ""))
          .startsWith("HTTP/1.1 400 ")
          .contains("Content-Type: application/fhir+json")
          .contains(
              "\"resourceType\":\"OperationOutcome\"", "\"code\":\"invalid\"", "The URL holds `");
      assertThat(raw(node, url, "Accept: application/fhir+xml\r\n"))
          .contains("<OperationOutcome xmlns=");
    }
  }

  @Test
  void othersAreToldAsBefore() throws IOException {
    try (FhirNode node = new FhirNode()) {
      for (String url : new String[] {"/clinic/_all_docs?limit=%zz", "/%zz/fhir", "/%zz"}) {
        assertThat(raw(node, url, ""))
            .startsWith("HTTP/1.1 400 ")
            .contains("{\"error\":\"bad_request\",\"reason\":\"The URL holds `");
      }
    }
  }

  private static String raw(FhirNode node, String url, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(node.url()).getPort())) {
      String head =
          "GET " + url + " HTTP/1.1\r\nHost: x\r\n" + headers + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
