package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Clients;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Lines;
import org.skerry.exchange.client.PartnerDownException;
import tools.jackson.databind.JsonNode;

/** Feeds from a server that answers what the test says. */
@Timeout(300)
class AtomSourceTest {
  private final Map<String, String> pages = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private Subject subject =
      new Subject(
          "patient", "Patient", "fhir", Duration.ofDays(1), RetryRule.USUAL, ConflictRule.KEEP);
  private Optional<JsonNode> mark = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              pages
                  .getOrDefault(exchange.getRequestURI().getPath(), "")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String page(String via, String previous, String next, String... entries) {
    return "<feed>"
        + link("via", via)
        + link("prev-archive", previous)
        + link("next-archive", next)
        + String.join("", entries)
        + "</feed>";
  }

  private String link(String rel, String path) {
    return path.isEmpty() ? "" : "<link rel=\"" + rel + "\" href=\"" + url() + path + "\"/>";
  }

  private static String entry(String id, String action, String place) {
    return "<entry><category term=\"%s\"/><id>%s</id><content><![CDATA[{\"fhir\":\"%s\"}]]></content></entry>"
        .formatted(action, id, place);
  }

  private void read() {
    Line line = Lines.to(url());
    new AtomSource(line, URI.create(url()))
        .read(
            subject,
            Clients.find(subject.client()).orElseThrow().open(line),
            mark,
            (notices, next) -> {
              notices.forEach(
                  notice -> told.add(notice.id() + (notice.isGone() ? " deleted" : "")));
              mark = Optional.of(next);
            });
  }

  @Test
  void theArchiveIsReadFromItsBeginningAndGoneOnWith() {
    pages.put("/patient/recent", page("/2", "/1", "", entry("c", "UPDATED", "/ws/fhir/Patient/3")));
    pages.put("/2", pages.get("/patient/recent"));
    pages.put(
        "/1",
        page(
            "/1",
            "",
            "/2",
            entry("a", "CREATED", "/ws/fhir/Patient/1?v=full"),
            entry("b", "DELETED", "/ws/fhir/Patient/2"),
            entry("x", "CREATED", "/ws/fhir/Person/9"),
            entry("y", "CREATED", "no link")));
    read();
    assertThat(told).containsExactly("Patient/1", "Patient/2 deleted", "Patient/3");
    pages.put(
        "/2",
        page(
            "/2",
            "/1",
            "",
            entry("c", "UPDATED", "/ws/fhir/Patient/3"),
            entry("d", "UPDATED", "/ws/fhir/Patient/1")));
    read();
    assertThat(told).hasSize(4).endsWith("Patient/1");
  }

  @Test
  void aFeedThatWasMadeAnewIsToldAndNotReadOver() {
    pages.put("/patient/recent", page("/1", "", "", entry("a", "CREATED", "/fhir/Patient/1")));
    pages.put("/1", pages.get("/patient/recent"));
    read();
    pages.put("/1", page("/1", "", "", entry("other", "CREATED", "/fhir/Patient/1")));
    assertThatThrownBy(this::read)
        .isInstanceOf(PartnerDownException.class)
        .hasMessageContaining("made anew");
  }

  @Test
  void aFeedThatLeadsInACircleEnds() {
    pages.put("/patient/recent", page("/2", "/1", ""));
    pages.put("/1", page("/1", "/2", "/2"));
    pages.put("/2", page("/2", "/1", "/1"));
    assertThatThrownBy(this::read).hasMessageContaining("in a circle");
  }
}
