package org.skerry.store.rocksdb;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.AttachmentStore;
import org.skerry.store.ChangeRange;
import org.skerry.store.CompactionListener;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
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
import org.skerry.store.rocksdb.History.Part;
import org.skerry.store.subset.KeptSubsets;
import org.skerry.store.subset.Subsets;

/** One database. Writes go through {@link GroupWriter}, reads are made where the caller is. */
final class RocksDocuments implements DocumentStore {
  private final Cabinet cabinet;
  private final Feed feed;
  private final Blobs blobs;
  private final RocksPurges purges;
  private final Compaction compaction;
  private final Subsets subsets;

  RocksDocuments(Cabinet cabinet) {
    this.cabinet = cabinet;
    this.feed = new Feed(cabinet);
    this.blobs = new Blobs(cabinet);
    this.purges = new RocksPurges(cabinet, this::enter);
    this.compaction = new Compaction(cabinet, purges, blobs);
    this.subsets = new KeptSubsets(new RocksSubsets(cabinet, this::enter));
  }

  private Gate.Pass enter() {
    Gate.Pass pass = cabinet.gate().enter();
    try {
      cabinet.shelf().check();
    } catch (RuntimeException e) {
      pass.close();
      throw e;
    }
    return pass;
  }

  @Override
  public String name() {
    return cabinet.shelf().name();
  }

  @Override
  public String incarnation() {
    return cabinet.shelf().incarnation();
  }

  @Override
  public List<Outcome> commit(List<RevisionWrite> batch) {
    try (var _ = enter()) {
      cabinet.tables().room().check();
      return cabinet.writer().write(CommitTurn.of(cabinet, batch));
    }
  }

  @Override
  public Together commitTogether(List<RevisionWrite> batch) {
    try (var _ = enter()) {
      cabinet.tables().room().check();
      return cabinet.writer().write(CommitTurn.of(cabinet, batch).together());
    }
  }

  @Override
  public void load(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    try (var _ = enter()) {
      if (ids.size() != 1 || fields.tree()) {
        loadOfOneMoment(ids, fields, visitor);
        return;
      }
      find(ids.getFirst(), fields).ifPresent(visitor::visit);
    }
  }

  private Optional<StoredDocument> find(DocId id, Fields fields) {
    try (Reading reading = Reading.ofTheLatest(cabinet)) {
      return reading.document(id, fields);
    } catch (Reading.OvertakenException e) {
      try (Reading reading = Reading.ofOneMoment(cabinet)) {
        return reading.document(id, fields);
      }
    }
  }

  private void loadOfOneMoment(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    try (Reading reading = Reading.ofOneMoment(cabinet)) {
      for (DocId id : ids) {
        Optional<StoredDocument> document = reading.document(id, fields);
        if (document.isPresent() && !visitor.visit(document.get())) {
          return;
        }
      }
    }
  }

  @Override
  public void read(List<RevisionRef> revisions, RevisionVisitor visitor) {
    try (var _ = enter();
        Reading reading = Reading.ofOneMoment(cabinet)) {
      // Several of one document, one behind the other, are found in the same history.
      Optional<RevisionRef> last = Optional.empty();
      Optional<Head> head = Optional.empty();
      Optional<Part> whole = Optional.empty();
      for (RevisionRef ref : revisions) {
        if (last.filter(one -> one.id().equals(ref.id())).isEmpty()) {
          head = reading.head(ref.id());
          whole = head.map(known -> reading.whole(ref.id(), known));
          last = Optional.of(ref);
        }
        visitor.visit(
            ref,
            head.isEmpty()
                ? Optional.empty()
                : find(reading, head.get(), whole.orElseThrow(), ref.rev()));
      }
    }
  }

  private static Optional<RevisionVisitor.Found> find(
      Reading reading, Head head, Part whole, RevId rev) {
    return whole
        .tree()
        .path(rev)
        .flatMap(
            path ->
                reading
                    .revision(head, rev, whole.tree(), whole.bodies())
                    .map(revision -> new RevisionVisitor.Found(revision, path)));
  }

  @Override
  public void missing(List<RevisionQuery> queries, MissingVisitor visitor) {
    try (var _ = enter();
        Reading reading = Reading.ofOneMoment(cabinet)) {
      for (RevisionQuery query : queries) {
        Optional<Head> head = reading.head(query.id());
        List<RevId> missing =
            head.map(found -> missing(reading, found, query)).orElse(query.revs());
        if (!missing.isEmpty()) {
          RevTree recent = head.map(found -> found.recent().tree()).orElse(RevTree.empty());
          visitor.visit(query.id(), missing, possibleAncestors(recent, missing));
        }
      }
    }
  }

  /** Reads the older history only when a revision may stand there. */
  private List<RevId> missing(Reading reading, Head head, RevisionQuery query) {
    RevTree recent = head.recent().tree().stem(cabinet.shelf().ledger().revsLimit());
    List<RevId> missing = recent.missing(query.revs());
    int older = head.recent().segments().newest();
    boolean mayBeOlder = missing.stream().anyMatch(rev -> rev.generation() <= older);
    return mayBeOlder ? reading.tree(query.id(), head).missing(missing) : missing;
  }

  private static List<RevId> possibleAncestors(RevTree tree, List<RevId> missing) {
    return missing.stream().map(tree::possibleAncestors).flatMap(List::stream).distinct().toList();
  }

  @Override
  public Seq changes(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    try (var _ = enter()) {
      return feed.visit(range, fields, visitor);
    }
  }

  @Override
  public void scan(DocRange range, Fields fields, DocumentVisitor visitor) {
    try (var _ = enter();
        Reading reading = Reading.ofOneMoment(cabinet)) {
      if (new Sweep(cabinet, reading, range).visit(fields, visitor)) {
        cabinet.shelf().check();
      }
    }
  }

  @Override
  public Seq now() {
    try (var _ = enter()) {
      return Seq.of(cabinet.shelf().ledger().seq());
    }
  }

  @Override
  public long pending(Seq since) {
    try (var _ = enter()) {
      return feed.pending(since);
    }
  }

  @Override
  public Registration onAdvance(Runnable wake) {
    try (var _ = enter()) {
      return cabinet.shelf().onAdvance(wake);
    }
  }

  @Override
  public Totals totals() {
    try (var _ = enter()) {
      return cabinet.shelf().ledger().totals();
    }
  }

  @Override
  public Sizes sizes() {
    try (var _ = enter()) {
      Ledger ledger = cabinet.shelf().ledger();
      return new Sizes(
          cabinet.tables().size(cabinet.number()),
          ledger.external(),
          ledger.active(),
          ledger.superseded());
    }
  }

  @Override
  public Properties properties() {
    return new RocksProperties(cabinet.tables(), cabinet.writer(), cabinet.number(), this::enter);
  }

  @Override
  public LocalDocuments local() {
    return new RocksLocalDocuments(cabinet, this::enter);
  }

  @Override
  public AttachmentStore attachments() {
    return new RocksAttachments(cabinet, blobs, this::enter);
  }

  @Override
  public Subsets subsets() {
    return subsets;
  }

  @Override
  public int revsLimit() {
    try (var _ = enter()) {
      return cabinet.shelf().ledger().revsLimit();
    }
  }

  @Override
  public void revsLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a branch keeps at least its leaf: " + limit);
    }
    try (var _ = enter()) {
      cabinet
          .writer()
          .write(
              group -> {
                group.on(cabinet.shelf()).revsLimit(limit);
                return limit;
              });
    }
  }

  @Override
  public List<List<RevId>> purge(List<PurgeRequest> requests) {
    try (var _ = enter()) {
      return requests.isEmpty()
          ? List.of()
          : cabinet.writer().write(new PurgeTurn(cabinet.shelf(), requests));
    }
  }

  @Override
  public PurgeLog purges() {
    return purges;
  }

  @Override
  public void compact(CompactionListener listener) {
    try (var _ = enter()) {
      compaction.run(listener);
    }
  }

  /** Everything that the database holds in native memory. */
  void close() {
    cabinet.dictionaries().close();
  }

  Dictionaries dictionaries() {
    return cabinet.dictionaries();
  }

  Shelf shelf() {
    return cabinet.shelf();
  }
}
