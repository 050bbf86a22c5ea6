package org.skerry.mango;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.database.Database;

/**
 * A plan that is carried out, on the thread of whoever asked.
 *
 * <p>Matching documents are collected in pages and sent between them. The answer is therefore not
 * of one moment: a document that is written meanwhile appears as it is when its page is read.
 */
public final class Search {
  /** So many are found at first, so that who wants few need not wait for anybody. */
  private static final long FEW = 64;

  private final Plan plan;
  private final FindRequest request;
  private final ExecutionStats stats = new ExecutionStats();
  private final Source source;
  private long toSkip;
  private long left;
  private Optional<Supplier<String>> bookmark = Optional.empty();

  private Search(Plan plan, Database database, IndexRows rows) {
    this.plan = plan;
    this.request = plan.request();
    this.toSkip = request.skip();
    this.left = request.limit();
    this.source =
        switch (plan.index().orElseThrow()) {
          case MangoIndex.AllDocs _ -> new AllDocsSource(database.store(), plan, stats);
          case MangoIndex.Json index -> new IndexSource(database, rows, index, plan, stats);
        };
  }

  /**
   * What an answer says behind its documents.
   *
   * @param bookmark for the next page
   */
  public record Result(String bookmark, ExecutionStats stats, Optional<String> warning) {}

  /**
   * Begins to carry out a plan, which has an index: brings it up to date.
   *
   * @throws org.skerry.store.StoreException when it cannot be built
   */
  static Search begin(Plan plan, Database database, IndexRows rows) {
    return new Search(plan, database, rows);
  }

  /** Carries it out, once. */
  public Result run(FoundSink sink) throws IOException {
    visit(sink);
    return result();
  }

  private void visit(FoundSink sink) throws IOException {
    boolean more = !plan.isEmpty();
    boolean first = true;
    while (more && left > 0) {
      if (!first) {
        sink.more();
      }
      long wanted = toSkip + left < 0 ? Long.MAX_VALUE : toSkip + left;
      Page page = new Page(first ? Math.min(FEW, wanted) : wanted);
      more = source.read(page);
      for (Page.Match match : page.matches()) {
        send(match, sink);
      }
      first = false;
    }
  }

  private void send(Page.Match match, FoundSink sink) throws IOException {
    bookmark = Optional.of(match.bookmark());
    if (toSkip > 0) {
      toSkip--;
    } else {
      sink.found(match.found());
      stats.result();
      left--;
    }
  }

  private Result result() {
    Optional<String> last =
        bookmark.map(Supplier::get).or(() -> request.bookmark().map(Bookmark::toString));
    return new Result(
        last.orElse(Bookmark.NONE),
        stats,
        plan.isEmpty()
            ? Optional.empty()
            : Warnings.of(request, plan.index().orElseThrow(), stats));
  }
}
