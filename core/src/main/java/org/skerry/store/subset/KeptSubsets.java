package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Registration;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.Totals;
import org.skerry.store.ordered.OrderedView;

/** A database's subsets, for every store that lends its records. */
public final class KeptSubsets implements Subsets {
  private static final System.Logger LOG = System.getLogger(KeptSubsets.class.getName());
  private static final byte[] NOTHING = {};

  private final SubsetHost host;

  /**
   * How much was begun when nothing was left to do. Volatile: whoever looks after a database asks
   * after each of its writes.
   */
  private volatile long settled = -1;

  /**
   * Whether what was not filed when this was opened is about to be: nobody counted it, and lives
   * may be short. Volatile: asked for by whoever takes a step.
   */
  private volatile boolean takenOver;

  public KeptSubsets(SubsetHost host) {
    this.host = host;
  }

  /** Whether the records say that subsets are kept: for stores, which remember the answer. */
  public static boolean kept(OrderedView view) {
    return view.find(SubsetKeys.KEPT) != null;
  }

  /** Whether a record is the one that says that subsets are kept. */
  public static boolean saysKept(byte[] key) {
    return key.length == SubsetKeys.KEPT.length && key[0] == SubsetKeys.KEPT[0];
  }

  /**
   * Whose scope a record is, if it is one: for stores that keep it with the document. Nobody walks
   * over those.
   */
  public static Optional<DocId> scopeOf(byte[] key) {
    return key[0] == SubsetKeys.SCOPE
        ? Optional.of(DocId.ofStored(Arrays.copyOfRange(key, 1, key.length)))
        : Optional.empty();
  }

  /** The key of a document's scope. */
  public static byte[] scopeKey(DocId id) {
    return SubsetKeys.scope(id);
  }

  /** Whether a record is one that says that documents have to follow. */
  public static boolean begins(byte[] key) {
    return key[0] == SubsetKeys.TASKS[0];
  }

  private <T> T read(Function<SubsetReads, T> reading) {
    RecentRows.Moment moment = host.known().rows().moment();
    try (OrderedView view = host.view()) {
      return reading.apply(new SubsetReads(new Feeds(moment, view)));
    }
  }

  private <T> T change(BiFunction<SubsetChanges, SubsetDraft, T> change) {
    return host.write(
        (draft, before) -> {
          SubsetChanges changes = new SubsetChanges(draft);
          T answer = change.apply(changes, draft);
          changes.end();
          return answer;
        });
  }

  /** A disk that takes nothing more keeps nobody from reading: members are found without, too. */
  private void list(int feed) {
    try {
      boolean more = read(reads -> reads.unlisted(feed));
      while (more) {
        more = host.write((draft, before) -> list(draft, before, feed));
      }
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "the members of feed {0} are not listed", feed, e);
    }
  }

  private static boolean list(SubsetDraft draft, OrderedView before, int feed) {
    return Members.list(draft, new Feeds(draft.known().rows().moment(), before), feed);
  }

  @Override
  public boolean kept() {
    return host.kept();
  }

  @Override
  public void keep() {
    if (!kept()) {
      host.write(
          (draft, before) -> {
            References.begin(draft);
            return true;
          });
    }
  }

  @Override
  public int feed(String site) {
    OptionalInt known = find(site);
    return known.isPresent() ? known.getAsInt() : change((changes, draft) -> changes.feed(site));
  }

  @Override
  public Map<String, Integer> feeds(Collection<String> sites) {
    Map<String, Integer> found = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    read(
        reads -> {
          for (String site : sites) {
            reads
                .feed(site)
                .ifPresentOrElse(feed -> found.put(site, feed), () -> unknown.add(site));
          }
          return true;
        });
    if (!unknown.isEmpty()) {
      change(
          (changes, draft) -> {
            unknown.forEach(site -> found.put(site, changes.feed(site)));
            return true;
          });
    }
    return found;
  }

  @Override
  public boolean grant(int feed, DocId id, boolean granted) {
    return change(
        (changes, draft) -> {
          Optional<SubsetDraft.Document> document = draft.document(id);
          return document.isPresent() && changes.grant(document.get(), feed, granted);
        });
  }

  @Override
  public void granted(int feed, Optional<DocId> behind, Predicate<DocId> visitor) {
    read(
        reads -> {
          reads.granted(feed, behind, visitor);
          return true;
        });
  }

  @Override
  public OptionalInt find(String site) {
    return read(reads -> reads.feed(site));
  }

  @Override
  public void audiences(Map<Label, Audience> meant) {
    boolean news =
        read(
            reads ->
                meant.entrySet().stream()
                    .anyMatch(
                        entry ->
                            !reads.audience(entry.getKey()).equals(entry.getValue().settled())));
    if (news) {
      change(
          (changes, draft) -> {
            changes.mean(meant);
            return true;
          });
    }
  }

  @Override
  public Audience audience(Label label) {
    return read(reads -> reads.audience(label));
  }

  @Override
  public List<DocId> place(List<Placed> documents) {
    return change(
        (changes, draft) -> {
          List<DocId> deletedMeanwhile = new ArrayList<>();
          for (Placed placed : documents) {
            Optional<SubsetDraft.Document> document = draft.document(placed.id());
            if (document.isPresent() && !changes.place(document.get(), placed.leaves())) {
              deletedMeanwhile.add(placed.id());
            }
          }
          return deletedMeanwhile;
        });
  }

  @Override
  public boolean step(int limit) {
    takeOver();
    return unsettled() && host.write((draft, before) -> step(draft, before, limit));
  }

  private static boolean step(SubsetDraft draft, OrderedView before, int limit) {
    SubsetChanges changes = new SubsetChanges(draft);
    boolean more = changes.step(before, limit);
    changes.end();
    return more;
  }

  private void takeOver() {
    if (takenOver) {
      return;
    }
    if (read(SubsetReads::unfiled)) {
      host.write(
          (draft, before) -> {
            draft.put(SubsetKeys.FILING, NOTHING);
            return true;
          });
    }
    takenOver = true;
  }

  @Override
  public boolean hasBegun() {
    return host.begun() != settled;
  }

  @Override
  public boolean unsettled() {
    long begun = host.begun();
    if (begun == settled) {
      return false;
    }
    boolean more = read(SubsetReads::unsettled);
    if (!more) {
      settled = begun;
    }
    return more;
  }

  @Override
  public List<Standing> look(int feed, List<DocId> ids) {
    return read(reads -> reads.look(feed, ids));
  }

  @Override
  public boolean reaches(int feed, Placement placement) {
    Audience audience = read(reads -> reads.evaluate(placement));
    return audience.contains(feed) || audience.contains(Audience.EVERYONE);
  }

  @Override
  public Seq changes(int feed, ChangeRange range, Predicate<SubsetRow> visitor) {
    long since = range.since().number();
    if (!range.descending() && since >= now(feed).number()) {
      return Seq.of(since);
    }
    return read(reads -> reads.changes(feed, range, visitor));
  }

  @Override
  public void backwards(int feed, long before, Predicate<SubsetRow> visitor) {
    read(
        reads -> {
          reads.backwards(feed, before, visitor);
          return true;
        });
  }

  @Override
  public void members(int feed, DocRange range, Predicate<DocId> visitor) {
    list(feed);
    list(Audience.EVERYONE);
    read(
        reads -> {
          reads.members(feed, range, visitor);
          return true;
        });
  }

  @Override
  public Seq now(int feed) {
    FeedEnds ends = host.ends();
    return Seq.of(Math.max(end(ends, feed), end(ends, Audience.EVERYONE)));
  }

  private long end(FeedEnds ends, int feed) {
    return ends.of(feed, () -> read(reads -> reads.end(feed)));
  }

  @Override
  public long pending(int feed, Seq since) {
    return since.number() >= now(feed).number() ? 0 : read(reads -> reads.pending(feed, since));
  }

  @Override
  public Totals totals(int feed) {
    return read(reads -> reads.totals(feed));
  }

  @Override
  public Registration onAdvance(int feed, Runnable wake) {
    return host.onAdvance(feed, wake);
  }
}
