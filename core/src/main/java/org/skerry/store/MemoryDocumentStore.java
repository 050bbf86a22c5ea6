package org.skerry.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.skerry.document.DocId;
import org.skerry.revision.Merged;
import org.skerry.revision.Merged.Change;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.MemoryDocument.Content;
import org.skerry.store.subset.Subsets;

/**
 * One database in memory.
 *
 * <p>One lock guards documents, feed and counters. Documents are values: a reader takes those it
 * wants under the lock, and visits them outside of it, so that a visitor may take its time or call
 * back.
 */
final class MemoryDocumentStore implements DocumentStore {
  private static final System.Logger LOG = System.getLogger(MemoryDocumentStore.class.getName());
  private static final int DEFAULT_REVS_LIMIT = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final MemoryLife life;
  private final String incarnation;
  private final TreeMap<DocId, MemoryDocument> documents = new TreeMap<>();

  /** Each document at its last change. */
  private final TreeMap<Long, DocId> feed = new TreeMap<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final MemoryProperties properties;
  private final MemoryLocalDocuments local;
  private final MemoryAttachments attachments;
  private final MemoryPurges purges;
  private final MemorySubsets subsets;
  private Totals totals = Totals.NONE;
  private long lastSeq;
  private int revsLimit = DEFAULT_REVS_LIMIT;

  MemoryDocumentStore(MemoryLife life, String incarnation) {
    this.life = life;
    this.incarnation = incarnation;
    this.properties = new MemoryProperties(life);
    this.local = new MemoryLocalDocuments(life);
    this.attachments = new MemoryAttachments(life);
    this.purges = new MemoryPurges(life, lock);
    this.subsets = new MemorySubsets(life, this::document, () -> ++lastSeq, this::locked);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      life.check();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return life.name();
  }

  @Override
  public String incarnation() {
    return incarnation;
  }

  @Override
  public List<Outcome> commit(List<RevisionWrite> batch) {
    List<Outcome> outcomes = locked(() -> batch.stream().map(this::apply).toList());
    if (outcomes.stream().anyMatch(Outcome.Written.class::isInstance)) {
      wakeAll();
      subsets.tell();
    }
    return outcomes;
  }

  @Override
  public Together commitTogether(List<RevisionWrite> batch) {
    Together result = locked(() -> applyTogether(batch));
    if (result instanceof Together.Committed) {
      wakeAll();
      subsets.tell();
    }
    return result;
  }

  private Together applyTogether(List<RevisionWrite> batch) {
    for (int i = 0; i < batch.size(); i++) {
      RevisionWrite write = batch.get(i);
      MemoryDocument before = document(write.id());
      if (!mayFollow(before, write)) {
        return new Together.Refused(i, new Outcome.Stale(before.tree().leaves()));
      }
    }
    return new Together.Committed(batch.stream().map(this::apply).toList());
  }

  private static boolean mayFollow(MemoryDocument before, RevisionWrite write) {
    return switch (write) {
      case RevisionWrite.Edit edit ->
          edit.parent().map(before.tree()::isLeaf).orElse(!before.exists());
      case RevisionWrite.Merge merge -> true;
      case RevisionWrite.Settle settle -> settle.live().equals(before.live());
    };
  }

  private Outcome apply(RevisionWrite write) {
    MemoryDocument before = document(write.id());
    return switch (write) {
      case RevisionWrite.Edit edit -> edit(before, edit);
      case RevisionWrite.Merge merge -> merge(before, merge);
      case RevisionWrite.Settle settle -> settle(before, settle);
    };
  }

  private Outcome edit(MemoryDocument before, RevisionWrite.Edit edit) {
    if (!mayFollow(before, edit)) {
      return new Outcome.Stale(before.tree().leaves());
    }
    return write(before, before.tree().merge(edit.path(), edit.deleted()).tree(), edit);
  }

  private Outcome settle(MemoryDocument before, RevisionWrite.Settle settle) {
    if (!mayFollow(before, settle)) {
      return new Outcome.Stale(before.tree().leaves());
    }
    return write(before, before.tree().merge(settle.path(), settle.deleted()).tree(), settle);
  }

  /**
   * A path whose newest revision is known may still tell of ancestors that were not, and so make a
   * leaf into an ancestor: then it is a change like any other.
   */
  private Outcome merge(MemoryDocument before, RevisionWrite.Merge merge) {
    Merged merged = before.tree().merge(merge.path(), merge.deleted());
    boolean nothingNew =
        merged.change() == Change.INTERNAL_NODE
            && merged.tree().stem(revsLimit).equals(before.tree().stem(revsLimit));
    return nothingNew ? new Outcome.Present() : write(before, merged.tree(), merge);
  }

  private Outcome write(MemoryDocument before, RevTree tree, RevisionWrite write) {
    long seq = ++lastSeq;
    Content content = new Content(write.body(), write.attachments());
    MemoryDocument after = before.with(seq, tree.stem(revsLimit), write.rev(), content);
    replace(before, after);
    subsets.changed(before, after, Optional.of(write));
    return new Outcome.Written(Seq.of(seq));
  }

  @Override
  public List<List<RevId>> purge(List<PurgeRequest> requests) {
    List<List<RevId>> gone = locked(() -> requests.stream().map(this::purge).toList());
    if (!requests.isEmpty()) {
      wakeAll();
      subsets.tell();
    }
    return gone;
  }

  private List<RevId> purge(PurgeRequest request) {
    long seq = ++lastSeq;
    MemoryDocument before = document(request.id());
    List<RevId> gone = request.revs().stream().filter(before.tree()::isLeaf).distinct().toList();
    if (!gone.isEmpty()) {
      MemoryDocument after = before.without(seq, gone);
      replace(before, after);
      subsets.changed(before, after, Optional.empty());
    }
    purges.add(request);
    totals = totals.purged();
    return gone;
  }

  private void replace(MemoryDocument before, MemoryDocument after) {
    feed.remove(before.seq());
    if (before.exists()) {
      totals = totals.minus(before.isDeleted(), before.isConflicted());
    }
    if (after.exists()) {
      feed.put(after.seq(), after.id());
      documents.put(after.id(), after);
      totals = totals.plus(after.isDeleted(), after.isConflicted());
    } else {
      documents.remove(after.id());
    }
  }

  private MemoryDocument document(DocId id) {
    return documents.getOrDefault(id, MemoryDocument.absent(id));
  }

  @Override
  public void load(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    List<MemoryDocument> found =
        locked(() -> ids.stream().map(this::document).filter(MemoryDocument::exists).toList());
    visit(found, fields, visitor);
  }

  private static void visit(List<MemoryDocument> found, Fields fields, DocumentVisitor visitor) {
    for (MemoryDocument document : found) {
      if (!visitor.visit(document.read(fields))) {
        return;
      }
    }
  }

  @Override
  public void read(List<RevisionRef> revisions, RevisionVisitor visitor) {
    List<MemoryDocument> found =
        locked(() -> revisions.stream().map(ref -> document(ref.id())).toList());
    for (int i = 0; i < revisions.size(); i++) {
      RevId rev = revisions.get(i).rev();
      RevTree tree = found.get(i).tree();
      visitor.visit(
          revisions.get(i),
          found
              .get(i)
              .revision(rev)
              .map(content -> new RevisionVisitor.Found(content, tree.path(rev).orElseThrow())));
    }
  }

  @Override
  public void missing(List<RevisionQuery> queries, MissingVisitor visitor) {
    List<RevTree> trees =
        locked(() -> queries.stream().map(query -> document(query.id()).tree()).toList());
    for (int i = 0; i < trees.size(); i++) {
      RevTree tree = trees.get(i);
      List<RevId> missing = tree.missing(queries.get(i).revs());
      if (!missing.isEmpty()) {
        List<RevId> ancestors =
            missing.stream().map(tree::possibleAncestors).flatMap(List::stream).distinct().toList();
        visitor.visit(queries.get(i).id(), missing, ancestors);
      }
    }
  }

  @Override
  public Seq changes(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    Part part = locked(() -> part(range));
    for (MemoryDocument document : part.documents()) {
      if (!visitor.visit(document.read(fields))) {
        return Seq.of(document.seq());
      }
    }
    return part.end();
  }

  /** A part of the feed, and the position behind it. */
  private record Part(List<MemoryDocument> documents, Seq end) {}

  /**
   * A position beyond the end belongs to another life; what is answered then is the end of this
   * one.
   */
  private Part part(ChangeRange range) {
    long since = range.since().number();
    NavigableMap<Long, DocId> behind =
        feed.subMap(since, false, Math.max(since, range.last()), true);
    List<MemoryDocument> found =
        (range.descending() ? behind.descendingMap() : behind)
            .values().stream().limit(range.limit()).map(this::document).toList();
    if (found.size() == behind.size()) {
      return new Part(found, Seq.of(lastSeq));
    }
    return new Part(found, found.isEmpty() ? range.since() : Seq.of(found.getLast().seq()));
  }

  @Override
  public void scan(DocRange range, Fields fields, DocumentVisitor visitor) {
    List<MemoryDocument> found = locked(() -> List.copyOf(part(range).values()));
    visit(found, fields, visitor);
  }

  private NavigableMap<DocId, MemoryDocument> part(DocRange range) {
    NavigableMap<DocId, MemoryDocument> part = documents;
    Optional<DocId> from = range.from().map(MemoryDocumentStore::bound);
    Optional<DocId> to = range.to().map(MemoryDocumentStore::bound);
    if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) > 0) {
      return new TreeMap<>();
    }
    if (from.isPresent()) {
      part = part.tailMap(from.get(), true);
    }
    if (to.isPresent()) {
      part = part.headMap(to.get(), range.includeTo());
    }
    return range.descending() ? part.descendingMap() : part;
  }

  private static DocId bound(String text) {
    return DocId.ofStored(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Seq now() {
    return locked(() -> Seq.of(lastSeq));
  }

  @Override
  public long pending(Seq since) {
    return locked(() -> feed.tailMap(since.number(), false).size());
  }

  @Override
  public Registration onAdvance(Runnable wake) {
    life.check();
    // A wrapper, so that one Runnable registered twice is two registrations.
    Runnable listener = wake::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void wakeAll() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        // What was written is written, and the others want to hear of it.
        LOG.log(System.Logger.Level.WARNING, "a listener of database " + name() + " failed", e);
      }
    }
  }

  @Override
  public Totals totals() {
    return locked(() -> totals);
  }

  @Override
  public Sizes sizes() {
    return locked(() -> MemorySizes.of(documents.values(), attachments, revsLimit));
  }

  @Override
  public Properties properties() {
    return properties;
  }

  @Override
  public LocalDocuments local() {
    return local;
  }

  @Override
  public AttachmentStore attachments() {
    return attachments;
  }

  @Override
  public Subsets subsets() {
    return subsets.subsets();
  }

  @Override
  public PurgeLog purges() {
    return purges;
  }

  @Override
  public int revsLimit() {
    return locked(() -> revsLimit);
  }

  @Override
  public void revsLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a branch keeps at least its leaf: " + limit);
    }
    locked(() -> revsLimit = limit);
  }

  /** Document by document, so that writers wait for one and not for all. */
  @Override
  public void compact(CompactionListener listener) {
    List<DocId> ids = locked(() -> List.copyOf(documents.keySet()));
    long done = 0;
    for (DocId id : ids) {
      locked(() -> documents.computeIfPresent(id, (key, old) -> old.compacted(revsLimit)));
      done++;
      if (!listener.progress(done, ids.size())) {
        return;
      }
    }
    locked(
        () -> {
          attachments.sweep(MemorySizes.blobsOf(documents.values().stream()));
          purges.forgetBeyondLimit();
          return true;
        });
  }

  /** Ends the database; those who wait for changes are woken to find out. */
  void drop() {
    lock.lock();
    try {
      life.end();
    } finally {
      lock.unlock();
    }
    wakeAll();
    subsets.tellAll();
  }

  /** Called when the store has closed: returns when no call that began before is inside. */
  void settle() {
    lock.lock();
    try {
      listeners.clear();
    } finally {
      lock.unlock();
    }
  }
}
