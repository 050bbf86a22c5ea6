package org.skerry.exchange.client.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.exchange.client.Lines;
import org.skerry.exchange.client.PageServer;
import org.skerry.exchange.client.PartnerDownException;
import tools.jackson.databind.JsonNode;

/** A history in pages, from a server that answers what the test says. */
class HistoryListTest {
  private final List<String> told = new ArrayList<>();
  private Optional<JsonNode> mark = Optional.empty();
  private final PageServer server = new PageServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String entry(String id, int version, String time) {
    return "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\",\"lastUpdated\":\"%s\"}}}"
        .formatted(id, version, time);
  }

  private static String bundle(String next, String... entries) {
    String links =
        next.isEmpty() ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
    return "{" + links + "\"entry\":[" + String.join(",", entries) + "]}";
  }

  private void read() {
    new HistoryList(Lines.to(server.url()))
        .read(
            "patient",
            "Patient",
            mark,
            (notices, next) -> {
              notices.forEach(notice -> told.add(notice.id() + " " + notice.version().orElse("")));
              mark = Optional.of(next);
            });
  }

  @Test
  void pagesAreFollowedAndTheNewestVersionCounts() {
    server
        .pages()
        .put(
            "/Patient/_history",
            bundle(
                server.url() + "/more",
                entry("a", 2, "2026-01-02T00:00:00Z"),
                entry("b", 1, "2026-01-01T12:00:00Z")));
    server.pages().put("/more", bundle("", entry("a", 1, "2026-01-01T00:00:00Z")));
    read();
    assertThat(told).containsExactly("Patient/a 2", "Patient/b 1");
    server
        .pages()
        .put(
            "/Patient/_history?_since=2026-01-01T23%3A59%3A50Z",
            bundle("", entry("a", 2, "2026-01-02T00:00:00Z")));
    read();
    assertThat(server.asked()).hasSize(3);
    assertThat(mark.orElseThrow().path("since").asString()).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void theMarkStandsStillUntilTheLastPage() {
    server
        .pages()
        .put(
            "/Patient/_history",
            bundle(server.url() + "/gone", entry("a", 2, "2026-01-02T00:00:00Z")));
    assertThatThrownBy(this::read).isInstanceOf(PartnerDownException.class);
    assertThat(mark.orElseThrow().path("since").asString()).isEmpty();
  }

  @Test
  void aLinkThatLeadsElsewhereIsNotFollowed() {
    for (String link : new String[] {"http://other.example/x", "/relative", "ht tp://"}) {
      server.pages().put("/Patient/_history", bundle(link, entry("a", 2, "2026-01-02T00:00:00Z")));
      assertThatThrownBy(this::read).as(link).isInstanceOf(PartnerDownException.class);
    }
  }

  @Test
  void whatIsNoHistoryMovesNothing() {
    for (String text : new String[] {"<html>", "[]", "{\"entry\":7}"}) {
      server.pages().put("/Patient/_history", text);
      assertThatThrownBy(this::read).as(text).isInstanceOf(PartnerDownException.class);
    }
    assertThat(mark).isEmpty();
  }
}
