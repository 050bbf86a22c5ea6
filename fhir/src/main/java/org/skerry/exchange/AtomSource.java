package org.skerry.exchange;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.NoticeSink;
import org.skerry.exchange.client.PartnerDownException;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Reply;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads an Atom feed as its archive is meant to be read: from its oldest page, or behind the mark,
 * which is a page's permanent address and the last entry that was taken care of.
 */
final class AtomSource {
  private static final String ATOM = "application/atom+xml";
  private static final String PAGE = "page";
  private static final String ENTRY = "entry";
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** What OpenMRS's feeds tell of records. */
  private static final Set<String> ACTIONS =
      Set.of(
          Notice.CREATED,
          Notice.UPDATED,
          Notice.DELETED,
          Notice.VOIDED,
          "UNVOIDED",
          Notice.RETIRED,
          "UNRETIRED");

  private final Line line;
  private final URI feeds;

  AtomSource(Line line, URI feeds) {
    this.line = line;
    this.feeds = feeds;
  }

  void read(Subject subject, RecordClient client, Optional<JsonNode> mark, NoticeSink sink) {
    Optional<String> last = mark.map(json -> json.path(ENTRY).asString(""));
    String start =
        mark.map(json -> json.path(PAGE).asString("")).orElseGet(() -> oldest(subject.category()));
    Optional<String> at = Optional.of(start);
    Set<String> read = new HashSet<>();
    while (at.isPresent()) {
      AtomPage page = page(once(read, at.get()));
      String via = page.via().orElse(at.get());
      List<AtomPage.Entry> entries = behind(page.entries(), last, via);
      if (!entries.isEmpty()) {
        sink.take(
            notices(subject, client, entries, via),
            JsonNodeFactory.instance
                .objectNode()
                .put(PAGE, via)
                .put(ENTRY, entries.getLast().id()));
      }
      last = Optional.empty();
      at = page.next();
    }
  }

  private String oldest(String category) {
    String url = feeds + "/" + category + "/recent";
    AtomPage page = page(url);
    String at = page.via().orElse(url);
    Set<String> read = new HashSet<>();
    while (page.previous().isPresent()) {
      at = once(read, page.previous().get());
      page = page(at);
    }
    return at;
  }

  /** An archive has an end. */
  private static String once(Set<String> read, String url) {
    if (!read.add(url)) {
      throw new PartnerDownException("its feed leads in a circle: " + url);
    }
    return url;
  }

  private AtomPage page(String url) {
    Reply reply = line.get(url, ATOM);
    if (!reply.isSuccess()) {
      throw new PartnerDownException(url + ": " + reply.said());
    }
    try {
      return AtomPage.read(reply.body());
    } catch (XMLStreamException e) {
      throw new PartnerDownException(url + " is no Atom feed: " + e.getMessage());
    }
  }

  /** The entries behind the last one that was taken care of. */
  private static List<AtomPage.Entry> behind(
      List<AtomPage.Entry> entries, Optional<String> last, String page) {
    if (last.isEmpty()) {
      return entries;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).id().equals(last.get())) {
        return entries.subList(i + 1, entries.size());
      }
    }
    throw new PartnerDownException(
        "the entry that was read last is not in "
            + page
            + " any more: the feed was made anew; "
            + "remove the mark to read it from its beginning");
  }

  /** The last word on each record; entries that lead to none of the type are passed over. */
  private static List<Notice> notices(
      Subject subject, RecordClient client, List<AtomPage.Entry> entries, String page) {
    Map<RecordId, Notice> found = new LinkedHashMap<>();
    for (AtomPage.Entry entry : entries) {
      record(subject, client, entry)
          .ifPresent(
              id -> {
                String action =
                    entry.terms().stream()
                        .filter(ACTIONS::contains)
                        .findFirst()
                        .orElse(Notice.UPDATED);
                found.remove(id);
                // A feed's DELETED is a hint: the record may have come back since.
                found.put(id, Notice.of(id, action, page));
              });
    }
    return new ArrayList<>(found.values());
  }

  private static Optional<RecordId> record(
      Subject subject, RecordClient client, AtomPage.Entry entry) {
    try {
      String link = MAPPER.readTree(entry.content()).path(subject.client()).asString("");
      return link.isEmpty() ? Optional.empty() : client.linked(subject.type(), link);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
