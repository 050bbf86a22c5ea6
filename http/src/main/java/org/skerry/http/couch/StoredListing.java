package org.skerry.http.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * {@code _all_docs} and {@code _design_docs}.
 *
 * <p>Read in pages of up to {@value #PAGE_ROWS} rows or about 256 KB, and written between them, so
 * that memory stays bounded and no snapshot of the store waits for a slow client. The list is
 * therefore not of one moment: a document that is written meanwhile appears as it is when the page
 * comes to it, each id at most once and in order. (CouchDB holds a snapshot for each shard; a
 * client that needs one moment uses {@code _changes}.)
 *
 * <p>The offset is counted, since engines keep no ranks: exact up to {@value #COUNTED} rows before
 * the first, and not told beyond, as CouchDB does not tell it for keys.
 */
final class StoredListing implements DocumentListing {
  private static final int PAGE_ROWS = 1_000;
  private static final long PAGE_BYTES = 256 * 1024;
  private static final int COUNTED = 1_000;
  private static final int FEW = 64;
  private static final int FEW_WITH_DOCUMENTS = 8;

  /** So many documents may be passed over for each that would fit into a page. */
  private static final int PASSED = 4;

  private final Database database;
  private final DocumentStore store;
  private final boolean designOnly;
  private final Optional<String> lowest;
  private final Optional<String> highest;

  private StoredListing(
      Database database, boolean designOnly, Optional<String> lowest, Optional<String> highest) {
    this.database = database;
    this.store = database.store();
    this.designOnly = designOnly;
    this.lowest = lowest;
    this.highest = highest;
  }

  static StoredListing all(Database database) {
    return new StoredListing(database, false, Optional.empty(), Optional.empty());
  }

  static StoredListing design(Database database) {
    return new StoredListing(database, true, Optional.of("_design/"), Optional.of("_design0"));
  }

  @Override
  public Listed open(ListingRequest request) {
    return request.keys().isPresent() ? new ByKeys(request) : new ByRange(request);
  }

  private long total() {
    return designOnly
        ? count(new DocRange(lowest, highest, false, false), Long.MAX_VALUE)
        : store.totals().documents();
  }

  /** How many live documents are in a range; stops beyond the limit. */
  private long count(DocRange range, long limit) {
    long[] found = {0};
    store.scan(
        range,
        Fields.LEAVES,
        document -> {
          found[0] += document.deleted() ? 0 : 1;
          return found[0] <= limit;
        });
    return found[0];
  }

  private Optional<String> updateSeq(ListingRequest request) {
    return request.updateSeq()
        ? Optional.of(database.changes().tokens().format(store.now()))
        : Optional.empty();
  }

  private ListedRow row(StoredDocument document, DocumentOptions options) {
    Optional<ListedRow.Shown> shown =
        options.include() ? Optional.of(shown(document, options)) : Optional.empty();
    return new ListedRow(
        document.id(), document.winner().rev().toString(), document.deleted(), shown);
  }

  private ListedRow.Shown shown(StoredDocument document, DocumentOptions options) {
    if (document.deleted()) {
      return out -> out.raw("null");
    }
    return out ->
        out.document(
            document.id(),
            document.revisions().getFirst(),
            options.extras(document, store.attachments()));
  }

  /** Documents as they are collected for one page. */
  private static final class Page {
    private final List<StoredDocument> documents = new ArrayList<>();
    private final int most;
    private long bytes;
    private int passed;

    /** Where it ended before its range did. */
    private Optional<DocId> stoppedAt = Optional.empty();

    Page(int most) {
      this.most = most;
    }

    /** Whether there is room for more. */
    boolean add(StoredDocument document) {
      documents.add(document);
      if (!document.revisions().isEmpty()) {
        bytes += document.revisions().getFirst().body().json().length;
      }
      return documents.size() < most && bytes < PAGE_BYTES;
    }

    /** Whether more may be passed over without a word. */
    boolean pass() {
      passed++;
      return passed < PASSED * most;
    }
  }

  /** The first page is small, so that who wants little need not wait for anybody. */
  private static int mostRows(boolean first, ListingRequest request) {
    int few = request.documents().include() ? FEW_WITH_DOCUMENTS : FEW;
    return first ? few : PAGE_ROWS;
  }

  /** The live documents of a range. */
  private final class ByRange implements Listed {
    private final ListingRequest request;
    private final Optional<DocRange> range;

    ByRange(ListingRequest request) {
      this.request = request;
      this.range = request.range().within(lowest, highest);
    }

    @Override
    public Optional<Long> total() {
      return Optional.of(StoredListing.this.total());
    }

    @Override
    public Optional<Long> offset() {
      long total = StoredListing.this.total();
      if (range.isEmpty()) {
        return Optional.of(total);
      }
      long before = before(range.get());
      return before > COUNTED
          ? Optional.empty()
          : Optional.of(Math.min(total, request.skip() > total ? total : before + request.skip()));
    }

    private long before(DocRange wanted) {
      if (wanted.descending()) {
        return wanted.to().isEmpty() || wanted.to().equals(highest)
            ? 0
            : count(
                new DocRange(wanted.to().map(KeyRange::successor), highest, false, false), COUNTED);
      }
      return wanted.from().isEmpty() || wanted.from().equals(lowest)
          ? 0
          : count(new DocRange(lowest, wanted.from(), false, false), COUNTED);
    }

    @Override
    public Optional<String> updateSeq() {
      return StoredListing.this.updateSeq(request);
    }

    @Override
    public void rows(RowSink sink) throws IOException {
      long[] toSkip = {request.skip()};
      long left = request.limit();
      Optional<DocRange> next = range;
      boolean first = true;
      while (next.isPresent() && left > 0) {
        if (!first) {
          sink.more();
        }
        DocRange part = next.get();
        Page page = read(part, toSkip, left, new Page(mostRows(first, request)));
        for (StoredDocument document : page.documents) {
          sink.row(row(document, request.documents()));
        }
        left -= page.documents.size();
        next = page.stoppedAt.map(last -> behind(part, last.text()));
        first = false;
      }
    }

    private Page read(DocRange part, long[] toSkip, long left, Page page) {
      store.scan(
          part,
          request.documents().fields(),
          document -> {
            boolean more;
            if (document.deleted()) {
              more = page.pass();
            } else if (toSkip[0] > 0) {
              toSkip[0]--;
              more = page.pass();
            } else {
              more = page.add(document) && page.documents.size() < left;
            }
            page.stoppedAt = more ? Optional.empty() : Optional.of(document.id());
            return more;
          });
      return page;
    }

    private static DocRange behind(DocRange part, String last) {
      return part.descending()
          ? new DocRange(part.from(), Optional.of(last), false, true)
          : new DocRange(Optional.of(KeyRange.successor(last)), part.to(), part.includeTo(), false);
    }
  }

  /** Documents named one by one; deleted ones are shown, unknown ones reported. */
  private final class ByKeys implements Listed {
    private final ListingRequest request;

    ByKeys(ListingRequest request) {
      this.request = request;
    }

    @Override
    public Optional<Long> total() {
      return Optional.of(StoredListing.this.total());
    }

    @Override
    public Optional<Long> offset() {
      return Optional.empty();
    }

    @Override
    public Optional<String> updateSeq() {
      return StoredListing.this.updateSeq(request);
    }

    @Override
    public void rows(RowSink sink) throws IOException {
      List<JsonNode> keys = request.keysShown();
      int at = 0;
      while (at < keys.size()) {
        if (at > 0) {
          sink.more();
        }
        at = page(keys, at, sink);
      }
    }

    /** Shows the next keys, as many as fit into a page, and returns the position behind them. */
    private int page(List<JsonNode> keys, int from, RowSink sink) throws IOException {
      int to = Math.min(keys.size(), from + mostRows(from == 0, request));
      List<DocId> ids = new ArrayList<>();
      keys.subList(from, to).forEach(key -> id(key).ifPresent(ids::add));
      Map<DocId, StoredDocument> found = new HashMap<>();
      Page page = new Page(PAGE_ROWS);
      boolean[] full = {false};
      store.load(
          ids,
          request.documents().fields(),
          document -> {
            found.put(document.id(), document);
            full[0] = !page.add(document);
            return !full[0];
          });
      Optional<DocId> last =
          full[0] ? Optional.of(page.documents.getLast().id()) : Optional.empty();
      for (int i = from; i < to; i++) {
        Optional<DocId> id = id(keys.get(i));
        Optional<StoredDocument> document =
            id.flatMap(wanted -> Optional.ofNullable(found.get(wanted)));
        if (document.isPresent()) {
          sink.row(row(document.get(), request.documents()));
        } else {
          sink.missing(keys.get(i));
        }
        if (last.isPresent() && last.equals(id)) {
          return i + 1;
        }
      }
      return to;
    }

    private Optional<DocId> id(JsonNode key) {
      if (!key.isString()) {
        return Optional.empty();
      }
      try {
        DocId id = DocId.of(key.asString());
        boolean hidden = id.isLocal() || designOnly && !id.isDesign();
        return hidden ? Optional.empty() : Optional.of(id);
      } catch (BadDocumentException e) {
        return Optional.empty();
      }
    }
  }
}
