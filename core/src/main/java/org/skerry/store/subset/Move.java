package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;

/**
 * One document on its way from one audience to another, in one turn of a store.
 *
 * <p>Of the feeds that have it, each ends in one of these: it <i>stays</i> (its row moves when the
 * document changed), it <i>enters</i>, it <i>leaves</i>. Everyone's feed is one like any other,
 * except that sites read it beside their own: where a site's own word about the document ({@link
 * Stay}) differs from everyone's it has to be kept, and to change with it.
 */
final class Move {
  private final SubsetChanges changes;
  private final SubsetDraft draft;
  private final Scope scope;
  private final SubsetDraft.Document before;
  private final SubsetDraft.Document after;
  private final Map<Integer, Set<RevId>> brought;

  /** What is special in some feeds, as far as this move has come. */
  private final TreeMap<Integer, Stay> stays = new TreeMap<>();

  /** Whether the document itself changed; then its rows move to its new position. */
  private final boolean changed;

  private boolean purging;

  private long seq;

  /**
   * @param before the same document as {@code after} when not it changed, but what its labels mean
   * @param brought what sites wrote, by their feeds
   */
  Move(
      SubsetChanges changes,
      Scope scope,
      SubsetDraft.Document before,
      SubsetDraft.Document after,
      Map<Integer, Set<RevId>> brought) {
    this.changes = changes;
    this.draft = changes.draft();
    this.scope = scope;
    this.before = before;
    this.after = after;
    this.brought = brought;
    this.changed = before.seq() != after.seq();
    this.seq = changed ? after.seq() : 0;
    scope.stays().forEach(stay -> stays.put(stay.feed(), stay));
  }

  /** The position at which something is told: the document's own, or a new one. */
  private long seq() {
    if (seq == 0) {
      seq = draft.nextSeq();
    }
    return seq;
  }

  /**
   * Moves the document to whom its labels mean now.
   *
   * @return whether documents that go where this one goes are concerned
   */
  boolean to(Map<RevId, Placement> placements, Audience granted) {
    if (after.leaves().isEmpty()) {
      return depart();
    }
    Placement united = Scope.united(after.leaves(), placements);
    Audience audience = changes.audience(after.id(), united).and(granted).settled();
    boolean everyone = audience.contains(Audience.EVERYONE);
    forEach(scope.audience().without(audience), feed -> lose(feed, everyone));
    forEach(audience, feed -> have(feed, united.urgency()));
    if (!stays.isEmpty()) {
      readers(audience, everyone);
    }
    if (!brought.isEmpty() && !everyone) {
      giveBack(audience);
    }
    return put(united, placements, audience, granted);
  }

  private boolean put(
      Placement united, Map<RevId, Placement> placements, Audience audience, Audience granted) {
    List<Stay> special =
        stays.values().stream().filter(stay -> !stay.isUsual()).map(this::remembering).toList();
    Map<RevId, Placement> leaves = placements.size() == 1 ? Map.of() : placements;
    if (before.leaves().isEmpty() && scope.isEmpty()) {
      changes.references().created(after.id());
    }
    return changes.put(after.id(), scope, new Scope(united, leaves, audience, granted, special));
  }

  /** The same, with what a purge takes out of the document's tree. */
  private Stay remembering(Stay stay) {
    List<Echo> echoes = stay.echoes();
    return echoes.stream().allMatch(echo -> after.knows(echo.base()))
        ? stay
        : new Stay(
            stay.feed(), stay.seq(), stay.left(), echoes.stream().map(this::remembering).toList());
  }

  private Echo remembering(Echo echo) {
    return after.knows(echo.base())
        ? echo
        : before.path(echo.base()).map(echo::remembering).orElse(echo);
  }

  /** From here on: what is no leaf any more was purged. */
  Move purging() {
    purging = true;
    return this;
  }

  /** The document was purged: whoever had it is told that it left. */
  private boolean depart() {
    forEach(scope.audience(), feed -> lose(feed, false));
    if (!stays.isEmpty()) {
      readers(Audience.NOBODY, false);
    }
    changes.references().mayDangle();
    return put(Placement.NONE, Map.of(), Audience.NOBODY, Audience.NOBODY);
  }

  private void remove(int feed) {
    removeRow(feed);
    draft.delete(SubsetKeys.member(feed, after.id().utf8()));
  }

  private void removeRow(int feed) {
    changes.rows().delete(feed, scope.seqIn(feed, before.seq()));
  }

  private void putRow(int feed, long at, boolean left, int urgency) {
    changes.rows().put(feed, at, row(left, urgency));
  }

  private byte[] row(boolean left, int urgency) {
    return SubsetRow.encode(after.id(), left, urgency, after.leaves());
  }

  /** A feed had it, and is not meant any more. */
  private void lose(int feed, boolean everyone) {
    remove(feed);
    if (everyone) {
      // The site has it already, and reads it with everyone from now on.
      List<Echo> echoes = scope.stay(feed).map(this::echoes).orElse(List.of());
      stays.put(feed, new Stay(feed, 0, false, echoes));
    } else {
      leave(feed);
    }
  }

  private void have(int feed, int urgency) {
    if (scope.audience().contains(feed)) {
      keep(feed, urgency);
    } else {
      enter(feed, urgency);
    }
  }

  /** It was here and is here: its row moves when it changed. */
  private void keep(int feed, int urgency) {
    if (!changed) {
      rank(feed, urgency);
      return;
    }
    removeRow(feed);
    putRow(feed, after.seq(), false, urgency);
    Stay special = stays.get(feed);
    List<RevId> purged = purged();
    if (special != null || !purged.isEmpty()) {
      List<Echo> echoes = special == null ? List.of() : echoes(special);
      stays.put(feed, new Stay(feed, 0, false, takenBack(echoes, purged)));
    }
  }

  /**
   * It is as urgent as other rules say. One that is more urgent moves: a device on its first pass
   * may be behind that rank already, and has this before it where it stood.
   */
  private void rank(int feed, int urgency) {
    int before = scope.united().urgency();
    if (urgency > before) {
      putRow(feed, scope.seqIn(feed, after.seq()), false, urgency);
    } else if (urgency < before) {
      removeRow(feed);
      putRow(feed, seq(), false, urgency);
      List<Echo> echoes = scope.stay(feed).map(Stay::echoes).orElse(List.of());
      stays.put(feed, new Stay(feed, seq(), false, echoes));
    }
  }

  /** Leaves that were purged while others stay. */
  private List<RevId> purged() {
    return purging
        ? before.leaves().stream().map(Leaf::rev).filter(rev -> !after.knows(rev)).toList()
        : List.of();
  }

  private static List<Echo> takenBack(List<Echo> echoes, List<RevId> purged) {
    Map<RevId, Echo> all = new TreeMap<>();
    echoes.forEach(echo -> all.put(echo.base(), echo));
    purged.forEach(base -> all.putIfAbsent(base, new Echo(base, 1)));
    return List.copyOf(all.values());
  }

  private void enter(int feed, int urgency) {
    Optional<Stay> own = scope.stay(feed);
    own.filter(Stay::left).ifPresent(this::removeLeft);
    List<Echo> echoes =
        own.or(() -> scope.stay(Audience.EVERYONE)).map(this::echoes).orElse(List.of());
    long at = seq();
    Stay stay = new Stay(feed, changed ? 0 : at, false, echoes);
    if (stay.isUsual()) {
      stays.remove(feed);
    } else {
      stays.put(feed, stay);
    }
    putRow(feed, at, false, urgency);
  }

  private void removeLeft(Stay stay) {
    changes.rows().delete(stay.feed(), stay.seq());
  }

  /** Sites that read the document with everyone, and were told something else than everyone. */
  private void readers(Audience audience, boolean everyone) {
    boolean before = scope.audience().contains(Audience.EVERYONE);
    for (Stay stay : List.copyOf(stays.values())) {
      int feed = stay.feed();
      if (feed == Audience.EVERYONE || audience.contains(feed)) {
        continue;
      }
      if (everyone && stay.left()) {
        removeLeft(stay);
        stays.put(feed, new Stay(feed, 0, false, echoes(stay)));
      } else if (everyone && before && changed) {
        stays.put(feed, new Stay(feed, 0, false, echoes(stay)));
      } else if (!everyone && before && !stay.left()) {
        leave(feed);
      }
    }
  }

  /**
   * What a site that has the document was told in place of its revisions. Where the base is a live
   * leaf, the device has to have it alive. Where it was followed elsewhere, an echo must not stay
   * alive beside what follows; and a single tombstone, of which the device may not even have heard,
   * means nothing any more. One that an author followed is an ancestor like any other.
   */
  private List<Echo> echoes(Stay stay) {
    List<Echo> now = new ArrayList<>();
    for (Echo echo : stay.echoes()) {
      if (after.knows(echo.rev(after.id()))) {
        continue;
      }
      if (isLive(echo.base()) == echo.gone()) {
        now.add(echo.next());
      } else if (echo.depth() > 1 || !after.knows(echo.base())) {
        now.add(echo);
      }
    }
    return now;
  }

  private boolean isLive(RevId rev) {
    return after.leaves().stream().anyMatch(leaf -> !leaf.deleted() && leaf.rev().equals(rev));
  }

  /**
   * Tells a site to give back what it had: every leaf, tombstones too, since a device may not have
   * heard of those yet.
   */
  private void leave(int feed) {
    Map<RevId, Echo> echoes = new TreeMap<>();
    Stay told = stays.get(feed);
    if (told != null) {
      told.echoes().forEach(echo -> echoes.put(echo.base(), echo.gone() ? echo : echo.next()));
    }
    for (Leaf leaf : before.leaves()) {
      echoes.putIfAbsent(leaf.rev(), new Echo(leaf.rev(), 1));
    }
    tellLeft(feed, echoes);
  }

  private void tellLeft(int feed, Map<RevId, Echo> echoes) {
    stays.put(feed, new Stay(feed, seq(), true, List.copyOf(echoes.values())));
    putRow(feed, seq(), true, Placement.USUAL);
  }

  /** Sites that brought what is not theirs, or no longer, are told to give it back. */
  private void giveBack(Audience audience) {
    brought.forEach(
        (feed, revs) -> {
          if (audience.contains(feed)) {
            return;
          }
          Map<RevId, Echo> echoes = new TreeMap<>();
          Stay own = stays.get(feed);
          if (own != null) {
            removeLeft(own);
          }
          Stay told = own == null ? stays.get(Audience.EVERYONE) : own;
          if (told != null) {
            told.echoes().forEach(echo -> echoes.put(echo.base(), echo));
          }
          echoes.values().removeIf(echo -> after.knows(echo.rev(after.id())));
          revs.forEach(rev -> echoes.putIfAbsent(rev, new Echo(rev, 1)));
          tellLeft(feed, echoes);
        });
  }

  private static void forEach(Audience audience, IntConsumer action) {
    for (int feed : audience.feeds()) {
      action.accept(feed);
    }
  }
}
