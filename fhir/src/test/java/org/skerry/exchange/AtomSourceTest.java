package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Clients;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Lines;
import org.skerry.exchange.client.PageServer;
import org.skerry.exchange.client.PartnerDownException;
import tools.jackson.databind.JsonNode;

/** Feeds from a server that answers what the test says. */
@Timeout(300)
class AtomSourceTest {
  private final List<String> told = new ArrayList<>();
  private Subject subject =
      new Subject(
          "patient", "Patient", "fhir", Duration.ofDays(1), RetryRule.USUAL, ConflictRule.KEEP);
  private Optional<JsonNode> mark = Optional.empty();
  private final PageServer server = new PageServer();

  @AfterEach
  void stop() {
    server.close();
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
    return path.isEmpty() ? "" : "<link rel=\"" + rel + "\" href=\"" + server.url() + path + "\"/>";
  }

  private static String entry(String id, String action, String place) {
    return "<entry><category term=\"%s\"/><id>%s</id><content><![CDATA[{\"fhir\":\"%s\"}]]></content></entry>"
        .formatted(action, id, place);
  }

  private void read() {
    Line line = Lines.to(server.url());
    new AtomSource(line, URI.create(server.url()))
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
    server
        .pages()
        .put("/patient/recent", page("/2", "/1", "", entry("c", "UPDATED", "/ws/fhir/Patient/3")));
    server.pages().put("/2", server.pages().get("/patient/recent"));
    server
        .pages()
        .put(
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
    server
        .pages()
        .put(
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
    server
        .pages()
        .put("/patient/recent", page("/1", "", "", entry("a", "CREATED", "/fhir/Patient/1")));
    server.pages().put("/1", server.pages().get("/patient/recent"));
    read();
    server.pages().put("/1", page("/1", "", "", entry("other", "CREATED", "/fhir/Patient/1")));
    assertThatThrownBy(this::read)
        .isInstanceOf(PartnerDownException.class)
        .hasMessageContaining("made anew");
  }

  @Test
  void aFeedThatLeadsInACircleEnds() {
    server.pages().put("/patient/recent", page("/2", "/1", ""));
    server.pages().put("/1", page("/1", "/2", "/2"));
    server.pages().put("/2", page("/2", "/1", "/1"));
    assertThatThrownBy(this::read).hasMessageContaining("in a circle");
  }
}
