package org.skerry.mango;

import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** All documents of a range of ids, but those of design. */
final class AllDocsSource implements Source {
  /** Looked at in one go, however few match: a snapshot of the store is held as long. */
  private static final int MOST_LOOKED_AT = 4_096;

  private static final int FIRST_LOOKED_AT = 256;

  private final DocumentStore store;
  private final FindRequest request;
  private final Matcher matcher;
  private final ExecutionStats stats;
  private Optional<DocRange> rest;
  private int most = FIRST_LOOKED_AT;

  AllDocsSource(DocumentStore store, Plan plan, ExecutionStats stats) {
    this.store = store;
    this.request = plan.request();
    this.matcher = new Matcher(request);
    this.stats = stats;
    Optional<DocRange> whole = range(plan);
    this.rest =
        request.bookmark().isEmpty()
            ? whole
            : whole.flatMap(range -> behind(range, request.bookmark().get().id()));
  }

  /** Ids are texts, which stand behind all other values: another bound is none, or leaves none. */
  private static Optional<DocRange> range(Plan plan) {
    FieldRange ids = plan.ranges().isEmpty() ? FieldRange.ALL : plan.ranges().getFirst();
    Optional<JsonNode> low = ids.low().map(FieldRange.Bound::value).filter(JsonNode::isString);
    Optional<JsonNode> high = ids.high().map(FieldRange.Bound::value);
    if (high.isPresent() && !high.get().isString()) {
      return Optional.empty();
    }
    return Optional.of(
        new DocRange(
            low.map(JsonNode::stringValue),
            high.map(JsonNode::stringValue),
            true,
            plan.request().sort().descending()));
  }

  private static Optional<DocRange> behind(DocRange range, DocId last) {
    if (range.descending()) {
      boolean above =
          range.to().isPresent() && Utf8Order.COMPARATOR.compare(range.to().get(), last.text()) < 0;
      return Optional.of(
          above ? range : new DocRange(range.from(), Optional.of(last.text()), false, true));
    }
    // The text that follows an id in the order of bytes is that with a zero behind it.
    String next = last.text() + '\0';
    boolean below =
        range.from().isPresent() && Utf8Order.COMPARATOR.compare(range.from().get(), next) > 0;
    return Optional.of(
        below ? range : new DocRange(Optional.of(next), range.to(), range.includeTo(), false));
  }

  @Override
  public boolean read(Page page) {
    if (rest.isEmpty()) {
      return false;
    }
    Reading reading = new Reading(page);
    store.scan(rest.get(), Fields.WINNER, reading::visit);
    Optional<DocId> stoppedAt = reading.stoppedAt;
    rest = stoppedAt.flatMap(last -> behind(rest.get(), last));
    most = Math.min(MOST_LOOKED_AT, 2 * most);
    return rest.isPresent();
  }

  /** One visit of the store. */
  private final class Reading {
    private final Page page;
    private int lookedAt;
    private Optional<DocId> stoppedAt = Optional.empty();

    Reading(Page page) {
      this.page = page;
    }

    boolean visit(StoredDocument document) {
      if (!document.deleted()) {
        look(document);
      }
      if (!page.isFull() && ++lookedAt < most) {
        return true;
      }
      stoppedAt = Optional.of(document.id());
      return false;
    }

    private void look(StoredDocument document) {
      stats.key();
      if (request.readsApart()) {
        stats.documentApart();
      } else {
        stats.document();
      }
      if (document.id().isDesign()) {
        return;
      }
      DocId id = document.id();
      matcher
          .match(document)
          .ifPresent(
              found ->
                  page.add(
                      found, () -> new Bookmark(StringNode.valueOf(id.text()), id).toString()));
    }
  }
}
