package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.ChangeRange;
import org.skerry.store.CompactionListener;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.Fields.Bodies;
import org.skerry.store.LocalDocuments;
import org.skerry.store.MissingVisitor;
import org.skerry.store.Outcome;
import org.skerry.store.Properties;
import org.skerry.store.PurgeLog;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Registration;
import org.skerry.store.RevisionQuery;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Sizes;
import org.skerry.store.StoredDocument;
import org.skerry.store.Together;
import org.skerry.store.Totals;

/**
 * A database as one site sees it: its subset, and nothing else. Any thread may call.
 *
 * <p>Documents are read first, and then it is asked whether the site may see them: whatever was
 * read before a document entered the subset belongs to the history that came with it; what is read
 * after it left is not shown.
 *
 * <p>Who writes here was let in before: a guard refuses what is outside of the subset. What a site
 * writes on top of an {@link Echo} continues the echo's branch.
 */
public final class SubsetDocuments implements DocumentStore {
  /** How much of its incarnation a database shares with its subsets, in hex digits. */
  public static final int SHARED_DIGITS = 20;

  static final int CHUNK = 256;

  /** The kind of local documents in which stands what is kept for sites. */
  private static final String HELD = "held";

  /** Their content is held until it is known who may see it; of so many, and of so many bytes. */
  private static final int READ_TOGETHER = 16;

  private static final long BYTES_TOGETHER = 256 * 1024;

  private final DocumentStore whole;
  private final Subsets subsets;
  private final String site;
  private final int feed;
  private final String incarnation;
  private final LocalDocuments local;
  private final LocalDocuments held;

  /** Whether documents that came back are shown with their echoes. */
  private final boolean echoing;

  private final SubsetCount count;

  /**
   * @param feed the site's feed in that database
   */
  public SubsetDocuments(DocumentStore whole, String site, int feed) {
    this(whole, site, feed, true);
  }

  private SubsetDocuments(DocumentStore whole, String site, int feed, boolean echoing) {
    this.echoing = echoing;
    this.whole = whole;
    this.subsets = whole.subsets();
    this.site = site;
    this.feed = feed;
    this.count = new SubsetCount(whole, feed);
    this.incarnation = SubsetIncarnation.of(whole.incarnation(), feed + "/" + site);
    this.local = new SiteLocalDocuments(whole.local(), "site", site);
    this.held = new SiteLocalDocuments(whole.local(), HELD, site);
  }

  /** The same as the centre has it: documents that came back stand under their own revisions. */
  public SubsetDocuments withoutEchoes() {
    return new SubsetDocuments(whole, site, feed, false);
  }

  /** Whose subset it is. */
  public String site() {
    return site;
  }

  /** The site's feed. */
  public int feed() {
    return feed;
  }

  /**
   * Whether others have a document of that id: its name is taken, and that is all a site learns.
   */
  public boolean isTaken(DocId id) {
    boolean[] found = {false};
    whole.load(
        List.of(id),
        Fields.LEAVES,
        document -> {
          found[0] = true;
          return false;
        });
    return found[0] && look(id) instanceof Standing.Outside;
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public boolean isPart() {
    return true;
  }

  @Override
  public String incarnation() {
    return incarnation;
  }

  @Override
  public List<Outcome> commit(List<RevisionWrite> batch) {
    return new SubsetWrites(whole, this).commit(batch);
  }

  @Override
  public Together commitTogether(List<RevisionWrite> batch) {
    return new SubsetWrites(whole, this).commitTogether(batch);
  }

  /** The conflict with what the site sees of a document. */
  Outcome.Stale stale(DocId id) {
    List<StoredDocument> found = new ArrayList<>(1);
    load(List.of(id), Fields.LEAVES, found::add);
    return new Outcome.Stale(found.isEmpty() ? List.of() : found.getFirst().leaves());
  }

  /** A document that the site has or had, with its echoes and its tree. */
  Optional<Presented> presented(DocId id) {
    return presented(id, Bodies.NONE);
  }

  Standing look(DocId id) {
    return subsets.look(feed, List.of(id)).getFirst();
  }

  /** A document that the site has or had, with its echoes. */
  private Optional<Presented> presented(DocId id, Bodies bodies) {
    Fields all = new Fields(true, bodies == Bodies.NONE ? Bodies.NONE : Bodies.LEAVES);
    Standing before = look(id);
    while (true) {
      List<StoredDocument> found = WholeDocuments.load(whole, List.of(id), all);
      Standing after = look(id);
      if (after instanceof Standing.Outside) {
        return Optional.empty();
      }
      if (after.equals(before)) {
        return Optional.of(presented(found.getFirst(), after));
      }
      before = after;
    }
  }

  private static Presented presented(StoredDocument document, Standing standing) {
    return switch (standing) {
      case Standing.Inside(var _, List<Echo> echoes) -> Presented.inside(document, echoes);
      case Standing.Left(long seq, List<Echo> echoes) -> Presented.left(document, seq, echoes);
      case Standing.Outside() -> throw new IllegalStateException("nobody shows " + document.id());
    };
  }

  /** A document that was read, as the site sees it. */
  private Optional<StoredDocument> show(StoredDocument document, Standing standing, Fields fields) {
    return switch (standing) {
      case Standing.Outside() -> Optional.empty();
      case Standing.Inside inside when !echoing || inside.echoes().isEmpty() ->
          Optional.of(document).filter(there -> !there.leaves().isEmpty());
      default -> presented(document.id(), fields.bodies()).flatMap(found -> found.read(fields));
    };
  }

  /** How many documents are held at once. */
  static int together(Fields fields) {
    return fields.bodies() == Bodies.NONE ? CHUNK : READ_TOGETHER;
  }

  @Override
  public void load(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    loadAll(ids, fields, visitor);
  }

  private boolean loadAll(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    int together = together(fields);
    for (int from = 0; from < ids.size(); from += together) {
      List<DocId> chunk = ids.subList(from, Math.min(ids.size(), from + together));
      if (!loadChunk(chunk, fields, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean loadChunk(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    List<StoredDocument> found = WholeDocuments.load(whole, ids, fields);
    List<Standing> standings = subsets.look(feed, found.stream().map(StoredDocument::id).toList());
    for (int i = 0; i < found.size(); i++) {
      Optional<StoredDocument> shown = show(found.get(i), standings.get(i), fields);
      if (shown.isPresent() && !visitor.visit(shown.get())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void read(List<RevisionRef> revisions, RevisionVisitor visitor) {
    for (int from = 0; from < revisions.size(); from += READ_TOGETHER) {
      readSome(revisions.subList(from, Math.min(revisions.size(), from + READ_TOGETHER)), visitor);
    }
  }

  /** Those that would be too much together are read one by one. */
  private void readSome(List<RevisionRef> revisions, RevisionVisitor visitor) {
    List<Optional<RevisionVisitor.Found>> found = new ArrayList<>(revisions.size());
    long[] bytes = {0};
    whole.read(
        revisions,
        (ref, there) -> {
          if (bytes[0] < BYTES_TOGETHER) {
            bytes[0] += there.map(some -> some.revision().body().json().length).orElse(0);
            found.add(there);
          }
        });
    List<RevisionRef> together = revisions.subList(0, found.size());
    List<Standing> standings = subsets.look(feed, together.stream().map(RevisionRef::id).toList());
    for (int i = 0; i < together.size(); i++) {
      visitor.visit(together.get(i), seen(together.get(i), found.get(i), standings.get(i)));
    }
    for (RevisionRef ref : revisions.subList(found.size(), revisions.size())) {
      readSome(List.of(ref), visitor);
    }
  }

  private Optional<RevisionVisitor.Found> seen(
      RevisionRef ref, Optional<RevisionVisitor.Found> found, Standing standing) {
    return switch (standing) {
      case Standing.Outside() -> Optional.empty();
      case Standing.Inside inside when found.isPresent() || inside.echoes().isEmpty() -> found;
      default -> presented(ref.id(), Bodies.LEAVES).flatMap(presented -> read(presented, ref));
    };
  }

  private static Optional<RevisionVisitor.Found> read(Presented presented, RevisionRef ref) {
    return presented
        .revision(ref.rev())
        .flatMap(
            revision ->
                presented.path(ref.rev()).map(path -> new RevisionVisitor.Found(revision, path)));
  }

  @Override
  public void missing(List<RevisionQuery> queries, MissingVisitor visitor) {
    for (RevisionQuery query : queries) {
      switch (look(query.id())) {
        case Standing.Outside() -> visitor.visit(query.id(), query.revs(), List.of());
        case Standing.Inside inside when inside.echoes().isEmpty() ->
            whole.missing(List.of(query), visitor);
        case Standing.Inside inside -> missing(query, visitor);
        case Standing.Left left -> missingWhereLeft(query, visitor);
      }
    }
  }

  /** An echo is not missing: no device needs to bring it. */
  private void missing(RevisionQuery query, MissingVisitor visitor) {
    Optional<Presented> presented = presented(query.id(), Bodies.NONE);
    List<RevId> unknown =
        query.revs().stream()
            .filter(rev -> presented.flatMap(found -> found.echo(rev)).isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      whole.missing(
          List.of(new RevisionQuery(query.id(), unknown)),
          (id, missing, ancestors) -> visitor.visit(id, missing, List.of()));
    }
  }

  /** Nothing that was written since is told, not even that it is there. */
  private void missingWhereLeft(RevisionQuery query, MissingVisitor visitor) {
    Optional<Presented> presented = presented(query.id(), Bodies.NONE);
    List<RevId> missing =
        presented.map(found -> found.tree().missing(query.revs())).orElse(query.revs());
    if (!missing.isEmpty()) {
      visitor.visit(query.id(), missing, List.of());
    }
  }

  @Override
  public Seq changes(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    return new SubsetFeed(whole, feed, this::show).read(range, fields, visitor);
  }

  /**
   * Where a device begins that has nothing yet: from there {@link #changes} brings the most urgent
   * documents first, and goes on with the feed behind them.
   */
  public Seq beginning() {
    return FirstPass.begin(now()).seq();
  }

  /** In parts, so that nothing is held while the visitor takes its time. */
  @Override
  public void scan(DocRange range, Fields fields, DocumentVisitor visitor) {
    DocRange rest = range;
    while (true) {
      List<DocId> ids = new ArrayList<>();
      subsets.members(
          feed,
          rest,
          id -> {
            ids.add(id);
            return ids.size() < CHUNK;
          });
      if (!loadAll(ids, fields, visitor) || ids.size() < CHUNK) {
        return;
      }
      rest = behind(rest, ids.getLast());
    }
  }

  private static DocRange behind(DocRange range, DocId last) {
    return range.descending()
        ? new DocRange(range.from(), Optional.of(last.text()), false, true)
        : new DocRange(Optional.of(last.text() + "\0"), range.to(), range.includeTo(), false);
  }

  @Override
  public Seq now() {
    return subsets.now(feed);
  }

  @Override
  public long pending(Seq since) {
    long pending = new SubsetFeed(whole, feed, this::show).pending(since);
    if (pending <= SubsetReads.COUNTED) {
      return pending;
    }
    // How much was written for others is no measure of it.
    return Math.min(pending, Math.max(SubsetReads.COUNTED + 1, count.most()));
  }

  @Override
  public Registration onAdvance(Runnable wake) {
    return subsets.onAdvance(feed, wake);
  }

  @Override
  public Totals totals() {
    return count.totals();
  }

  /** What the whole database takes is not the site's business. */
  @Override
  public Sizes sizes() {
    return new Sizes(0, 0, 0, 0);
  }

  @Override
  public Properties properties() {
    return whole.properties();
  }

  @Override
  public LocalDocuments local() {
    return local;
  }

  /**
   * What is kept for the site until it may enter, under names in ASCII. The site itself does not
   * reach it.
   */
  public LocalDocuments held() {
    return held;
  }

  /** The sites of a database for which something is kept. */
  public static List<String> holding(DocumentStore whole) {
    return SiteLocalDocuments.sites(whole.local(), HELD);
  }

  @Override
  public AttachmentStore attachments() {
    return whole.attachments();
  }

  @Override
  public Subsets subsets() {
    return subsets;
  }

  @Override
  public int revsLimit() {
    return whole.revsLimit();
  }

  @Override
  public void revsLimit(int limit) {
    throw refused("changes the limit of revisions");
  }

  @Override
  public List<List<RevId>> purge(List<PurgeRequest> requests) {
    throw refused("purges");
  }

  @Override
  public PurgeLog purges() {
    return whole.purges();
  }

  @Override
  public void compact(CompactionListener listener) {
    throw refused("compacts");
  }

  private static UnsupportedOperationException refused(String what) {
    return new UnsupportedOperationException("no site " + what + ": ask whoever runs the database");
  }
}
