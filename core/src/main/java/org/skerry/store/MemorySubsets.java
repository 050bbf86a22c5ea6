package org.skerry.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.FeedEnds;
import org.skerry.store.subset.KeptSubsets;
import org.skerry.store.subset.KnownAudiences;
import org.skerry.store.subset.SubsetChanges;
import org.skerry.store.subset.SubsetDraft;
import org.skerry.store.subset.SubsetHost;
import org.skerry.store.subset.Subsets;

/**
 * What the reference engine keeps of subsets. Used under its database's lock, but for views and
 * registrations.
 */
final class MemorySubsets implements SubsetHost {
  private static final System.Logger LOG = System.getLogger(MemorySubsets.class.getName());

  private static final int FILED_TOGETHER = 16;

  private final OrderedSpace records = new MemoryOrderedStore().open("subsets");

  /** Files labels often, since nothing else is slow here. */
  private final KnownAudiences known = new KnownAudiences(FILED_TOGETHER);

  private final Map<Integer, List<Runnable>> listeners = new ConcurrentHashMap<>();
  private final MemoryLife life;
  private final Function<DocId, MemoryDocument> documents;
  private final LongSupplier nextSeq;
  private final Lock lock;

  /** Feeds whose rows changed, of which nobody was told yet. */
  private final TreeSet<Integer> advanced = new TreeSet<>();

  private final AtomicLong begun = new AtomicLong();
  private final FeedEnds ends = new FeedEnds();

  private final Subsets subsets = new KeptSubsets(this);

  /** Volatile: set once, under the lock. */
  private volatile boolean kept;

  /** The lock of the database to which this belongs; what was written is told outside of it. */
  interface Lock {
    <T> T locked(Supplier<T> action);
  }

  MemorySubsets(
      MemoryLife life, Function<DocId, MemoryDocument> documents, LongSupplier nextSeq, Lock lock) {
    this.life = life;
    this.documents = documents;
    this.nextSeq = nextSeq;
    this.lock = lock;
  }

  Subsets subsets() {
    return subsets;
  }

  /** Lets the feeds follow one write. */
  void changed(MemoryDocument before, MemoryDocument after, Optional<RevisionWrite> write) {
    if (!kept) {
      return;
    }
    Draft draft = new Draft();
    Map<RevId, SubsetChanges.Written> written = new HashMap<>();
    write.ifPresent(
        one ->
            written.put(
                one.rev(),
                new SubsetChanges.Written(
                    one.placement(), one.path().revisions().stream().skip(1).findFirst())));
    SubsetChanges changes = new SubsetChanges(draft);
    changes.changed(new State(before), new State(after), written);
    changes.end();
    write(draft);
  }

  private void write(Draft draft) {
    records.write(draft.batch);
    draft.afterwards.forEach(Runnable::run);
    ends.forget(advanced);
    if (draft.begins) {
      begun.incrementAndGet();
    }
  }

  @Override
  public OrderedView view() {
    life.check();
    return records.view();
  }

  @Override
  public <T> T write(Turn<T> turn) {
    T answer =
        lock.locked(
            () -> {
              Draft draft = new Draft();
              try (OrderedView before = records.view()) {
                T decided = turn.decide(draft, before);
                write(draft);
                return decided;
              }
            });
    tell();
    return answer;
  }

  @Override
  public KnownAudiences known() {
    return known;
  }

  @Override
  public boolean kept() {
    return kept;
  }

  @Override
  public long begun() {
    return begun.get();
  }

  @Override
  public FeedEnds ends() {
    life.check();
    return ends;
  }

  @Override
  public Registration onAdvance(int feed, Runnable wake) {
    life.check();
    // A wrapper, so that one Runnable registered twice is two registrations.
    Runnable listener = wake::run;
    List<Runnable> ofFeed = listeners.computeIfAbsent(feed, first -> new CopyOnWriteArrayList<>());
    ofFeed.add(listener);
    return () -> ofFeed.remove(listener);
  }

  /** Wakes who waits for feeds that advanced. */
  void tell() {
    List<Integer> feeds = lock.locked(this::takeAdvanced);
    if (feeds.contains(Audience.EVERYONE)) {
      tellAll();
    } else {
      feeds.forEach(feed -> tell(listeners.getOrDefault(feed, List.of())));
    }
  }

  private List<Integer> takeAdvanced() {
    List<Integer> feeds = new ArrayList<>(advanced);
    advanced.clear();
    return feeds;
  }

  void tellAll() {
    listeners.values().forEach(MemorySubsets::tell);
  }

  private static void tell(List<Runnable> wakes) {
    for (Runnable wake : wakes) {
      try {
        wake.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a listener of a subset failed", e);
      }
    }
  }

  /** A document as subsets see it. */
  private record State(MemoryDocument document) implements SubsetDraft.Document {
    @Override
    public DocId id() {
      return document.id();
    }

    @Override
    public long seq() {
      return document.seq();
    }

    @Override
    public List<Leaf> leaves() {
      return document.tree().leaves();
    }

    @Override
    public boolean knows(RevId rev) {
      return document.tree().contains(rev);
    }

    @Override
    public Optional<RevPath> path(RevId rev) {
      return document.tree().path(rev);
    }
  }

  private final class Draft implements SubsetDraft {
    private final OrderedBatch batch = new OrderedBatch();
    private final Map<String, Optional<byte[]>> changed = new HashMap<>();

    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean begins;

    private static String name(byte[] key) {
      return new String(key, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte @Nullable [] find(byte[] key) {
      Optional<byte[]> found = changed.get(name(key));
      return (found != null ? found : records.get(key)).orElse(null);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      batch.put(key, value);
      changed.put(name(key), Optional.of(value));
      kept |= KeptSubsets.saysKept(key);
      begins |= KeptSubsets.begins(key);
    }

    @Override
    public void delete(byte[] key) {
      batch.delete(key);
      changed.put(name(key), Optional.empty());
    }

    @Override
    public boolean exists(DocId id) {
      return documents.apply(id).exists();
    }

    @Override
    public OrderedView before() {
      return records.view();
    }

    @Override
    public void afterwards(Runnable action) {
      afterwards.add(action);
    }

    @Override
    public KnownAudiences known() {
      return known;
    }

    @Override
    public long nextSeq() {
      return nextSeq.getAsLong();
    }

    @Override
    public Optional<Document> document(DocId id) {
      MemoryDocument found = documents.apply(id);
      return found.exists() ? Optional.of(new State(found)) : Optional.empty();
    }

    @Override
    public void advanced(int feed) {
      advanced.add(feed);
    }
  }
}
