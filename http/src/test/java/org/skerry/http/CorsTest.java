package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.RunningServer.json;
import static org.skerry.http.RunningServer.route;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ORIGIN = "https://app.example.org";

  private static RunningServer node(String... origins) {
    return RunningServer.start(
        HttpSettings.defaults().withCorsOrigins(Set.of(origins)),
        caller -> Optional.empty(),
        route(Method.GET, "/", x -> x.answer(json(200, "{}"))));
  }

  private static String request(String method, String path, String headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
  }

  @Test
  void theOriginIsEchoedWithCredentials() throws IOException {
    try (RunningServer node = node(ORIGIN)) {
      assertThat(node.raw(request("GET", "/", "Origin: " + ORIGIN + "\r\n")))
          .startsWith("HTTP/1.1 200 ")
          .contains("Access-Control-Allow-Origin: " + ORIGIN + "\r\n")
          .contains("Access-Control-Allow-Credentials: true\r\n")
          .contains("Vary: Origin\r\n");
    }
  }

  @Test
  void anyOriginIsEchoedAndNotStarred() throws IOException {
    try (RunningServer node = node("*")) {
      assertThat(node.raw(request("GET", "/", "Origin: http://else.where\r\n")))
          .contains("Access-Control-Allow-Origin: http://else.where\r\n");
    }
  }

  @Test
  void refusalsAreReadableForScriptsToo() throws IOException {
    try (RunningServer node = node(ORIGIN)) {
      assertThat(node.raw(request("GET", "/db", "Origin: " + ORIGIN + "\r\n")))
          .startsWith("HTTP/1.1 401 ")
          .contains("Access-Control-Allow-Origin: " + ORIGIN + "\r\n");
    }
  }

  @Test
  void aPreflightNeedsNoUser() throws IOException {
    try (RunningServer node = node(ORIGIN)) {
      String headers =
          "Origin: "
              + ORIGIN
              + "\r\nAccess-Control-Request-Method: PUT\r\n"
              + "Access-Control-Request-Headers: content-type, x-special\r\n";
      assertThat(node.raw(request("OPTIONS", "/db/doc", headers)))
          .startsWith("HTTP/1.1 204 ")
          .contains("Access-Control-Allow-Origin: " + ORIGIN + "\r\n")
          .contains("Access-Control-Allow-Credentials: true\r\n")
          .contains("Access-Control-Allow-Headers: content-type, x-special\r\n")
          .containsPattern("Access-Control-Allow-Methods: [A-Z, ]*PUT");
    }
  }

  @Test
  void otherOriginsGetNothing() throws IOException {
    for (String origins : new String[] {ORIGIN, ""}) {
      try (RunningServer node = origins.isEmpty() ? node() : node(origins)) {
        String headers = "Origin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n";
        assertThat(node.raw(request("OPTIONS", "/db", headers)))
            .startsWith("HTTP/1.1 401 ")
            .doesNotContain("Access-Control");
        assertThat(node.raw(request("GET", "/", headers))).doesNotContain("Access-Control");
      }
    }
  }
}
