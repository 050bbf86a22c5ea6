package org.skerry.exchange.client.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.BadDocumentException;
import org.skerry.exchange.client.ChangeList;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.NoticeSink;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Reply;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the history of a type ({@code GET Type/_history?_since=}), which FHIR shows newest first:
 * of each resource the newest change counts. The mark is the partner's own time of the newest
 * change it showed; it moves when all pages were taken care of. Since that time is all that FHIR
 * offers, each reading begins a little before it: what is read twice changes nothing.
 */
final class HistoryList implements ChangeList {
  private static final String SINCE = "since";

  /** Changes that were under way at the partner when it answered may bear an earlier time. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private final Line line;

  HistoryList(Line line) {
    this.line = line;
  }

  @Override
  public void read(String category, String type, Optional<JsonNode> mark, NoticeSink sink) {
    Optional<String> since =
        mark.map(json -> json.path(SINCE).asString("")).filter(text -> !text.isEmpty());
    Optional<Instant> newest = since.map(Instant::parse);
    Set<RecordId> seen = new HashSet<>();
    Set<String> told = new HashSet<>();
    // How long pages are is the server's choice: HAPI's plain server loses the rest when told.
    Optional<String> next =
        Optional.of(
            line.settings().base()
                + "/"
                + type
                + "/_history"
                + since.map(time -> "?_since=" + encoded(before(time))).orElse(""));
    ObjectNode unmoved = mark(newest);
    long shown = 0;
    while (next.isPresent()) {
      Reply reply = line.get(next.get(), FhirClient.FHIR);
      if (!reply.isSuccess()) {
        throw new PartnerDownException(next.get() + ": " + reply.said());
      }
      BundlePage page = bundle(next.get(), reply);
      if (page.entries().stream().filter(entry -> told.add(key(entry))).count() == 0
          && !page.entries().isEmpty()) {
        throw new PartnerDownException(next.get() + " shows the same entries again");
      }
      List<Notice> notices = new ArrayList<>();
      for (BundlePage.Entry entry : page.entries()) {
        if (entry.id().type().equals(type) && seen.add(entry.id())) {
          notices.add(
              new Notice(
                  entry.id(),
                  entry.deleted() ? Notice.DELETED : Notice.UPDATED,
                  entry.version(),
                  entry.resource(),
                  next.get()));
        }
      }
      newest = later(newest, page.newest());
      shown += page.shown();
      Optional<String> following = page.next().filter(url -> page.shown() > 0);
      if (following.isEmpty() && page.total().orElse(0) > shown) {
        throw new PartnerDownException(
            next.get()
                + ": its history has "
                + page.total().getAsLong()
                + " entries and shows "
                + shown);
      }
      next = following;
      sink.take(notices, next.isPresent() ? unmoved.deepCopy() : mark(newest));
    }
  }

  private static String key(BundlePage.Entry entry) {
    return entry.id() + " " + entry.version().orElse("") + (entry.deleted() ? " deleted" : "");
  }

  private static BundlePage bundle(String url, Reply reply) {
    try {
      return BundlePage.read(reply.body());
    } catch (BadDocumentException | JacksonException e) {
      throw new PartnerDownException(url + " is no bundle: " + e.getMessage());
    }
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.filter(time -> time.isAfter(one.get())).isEmpty() ? one : other;
  }

  private static ObjectNode mark(Optional<Instant> since) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(SINCE, since.map(Instant::toString).orElse(""));
  }

  private static String before(String time) {
    return Instant.parse(time).minus(OVERLAP).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
