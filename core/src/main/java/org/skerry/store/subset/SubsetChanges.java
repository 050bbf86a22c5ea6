package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.IntConsumer;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Keeps subsets as documents and the meaning of labels change. Lives for one turn of a store; one
 * thread.
 */
public final class SubsetChanges {
  private static final byte[] NOTHING = {};

  private final SubsetDraft draft;
  private final Map<DocId, Scope> scopes = new HashMap<>();

  /** The scopes as the records have them. */
  private final Map<DocId, Scope> written = new HashMap<>();

  private final Map<Label, Audience> audiences = new HashMap<>();
  private final Meaning meaning;

  /** Documents that were noted as referred to. */
  private final Set<String> referred = new HashSet<>();

  public SubsetChanges(SubsetDraft draft) {
    this.draft = draft;
    this.meaning = new Meaning(this::scope, this::audience);
  }

  /** Whether a record of that key may be asked for again in the turn that put it. */
  public static boolean isAskedFor(byte[] key) {
    return "srankN".indexOf(key[0]) >= 0;
  }

  /**
   * A revision that a turn wrote.
   *
   * @param parent the revision it follows, if that is known
   */
  public record Written(Placement placement, Optional<RevId> parent) {}

  /**
   * Lets the feeds follow a document that a turn changed.
   *
   * @param before as it was before the turn, where it stood; no leaves when it is new
   * @param written what the turn wrote of it, by revision
   */
  public void changed(
      SubsetDraft.Document before, SubsetDraft.Document after, Map<RevId, Written> written) {
    Scope scope = scope(after.id());
    Map<RevId, Placement> placements = placements(scope, before.leaves(), after, written);
    Set<Integer> bearers = new HashSet<>();
    written
        .values()
        .forEach(
            one -> {
              if (one.placement().bearer() != Placement.NOBODY) {
                bearers.add(one.placement().bearer());
              }
            });
    new Move(scope, before, after, written.keySet(), bearers).to(placements);
  }

  /** Gives leaves of a document new placements. */
  void place(SubsetDraft.Document document, Map<RevId, Placement> changed) {
    Scope scope = scope(document.id());
    Map<RevId, Placement> placements = new HashMap<>(scope.byLeaf(document.leaves()));
    placements.putAll(changed);
    new Move(scope, document, document, Set.of(), Set.of()).to(placements);
  }

  /** Gives a document to a feed whatever its labels say, or takes that back. */
  void grant(SubsetDraft.Document document, int feed, boolean granted) {
    Scope scope = scope(document.id());
    Audience one = Audience.of(feed);
    Audience now = granted ? scope.granted().and(one) : scope.granted().without(one);
    scopes.put(
        document.id(),
        new Scope(scope.united(), scope.leaves(), scope.audience(), now, scope.stays()));
    follow(document);
  }

  /** Lets a document follow what its labels mean now. */
  private void follow(SubsetDraft.Document document) {
    Scope scope = scope(document.id());
    new Move(scope, document, document, Set.of(), Set.of()).to(scope.byLeaf(document.leaves()));
  }

  /** Says whom labels mean; documents follow in steps. */
  void mean(Map<Label, Audience> meant) {
    meant.forEach(
        (label, audience) -> {
          if (!audience.equals(audience(label))) {
            draft.put(SubsetKeys.audience(label), audience.encode());
            audiences.put(label, audience);
            draft.put(SubsetKeys.task(label), NOTHING);
          }
        });
  }

  /** The number of a site's feed, a new one when it has none. */
  int feed(String site) {
    byte[] known = draft.find(SubsetKeys.site(site));
    if (known != null) {
      return ByteBuffer.wrap(known).getInt();
    }
    byte[] next = draft.find(SubsetKeys.NEXT_FEED);
    int feed = next == null ? Audience.EVERYONE + 1 : ByteBuffer.wrap(next).getInt();
    draft.put(SubsetKeys.site(site), ByteBuffer.allocate(Integer.BYTES).putInt(feed).array());
    draft.put(SubsetKeys.NEXT_FEED, ByteBuffer.allocate(Integer.BYTES).putInt(feed + 1).array());
    return feed;
  }

  /**
   * Lets documents follow their labels.
   *
   * @param view the records as they were before this turn
   * @return whether there is more to do
   */
  boolean step(OrderedView view, int limit) {
    int left = limit;
    try (OrderedCursor tasks = view.cursor()) {
      boolean more = tasks.seek(SubsetKeys.TASKS);
      while (more && SubsetKeys.startsWith(tasks.key(), SubsetKeys.TASKS)) {
        if (left <= 0) {
          return true;
        }
        left -= step(view, SubsetKeys.labelOf(tasks.key()), tasks.value(), left);
        more = tasks.next();
      }
    }
    return left < limit;
  }

  /** Takes a part of one task, or ends it; returns how many documents followed. */
  private int step(OrderedView view, Label label, byte[] behind, int limit) {
    byte[] prefix = SubsetKeys.labelled(label);
    byte[] from = behind.length == 0 ? prefix : after(prefix, behind);
    List<DocId> ids = new ArrayList<>();
    try (OrderedCursor labelled = view.cursor()) {
      boolean more = labelled.seek(from);
      while (more && ids.size() < limit && SubsetKeys.startsWith(labelled.key(), prefix)) {
        ids.add(SubsetKeys.idBehind(prefix, labelled.key()));
        more = labelled.next();
      }
    }
    if (ids.size() < limit) {
      draft.delete(SubsetKeys.task(label));
    } else {
      draft.put(SubsetKeys.task(label), ids.getLast().utf8());
    }
    ids.forEach(id -> draft.document(id).ifPresent(this::follow));
    return Math.max(1, ids.size());
  }

  private static byte[] after(byte[] prefix, byte[] id) {
    return ByteBuffer.allocate(prefix.length + id.length + 1).put(prefix).put(id).array();
  }

  private Scope scope(DocId id) {
    Scope known = scopes.get(id);
    if (known == null) {
      byte[] record = draft.find(SubsetKeys.scope(id));
      known = record == null ? Scope.NONE : Scope.decode(id, record);
      scopes.put(id, known);
      written.put(id, known);
    }
    return known;
  }

  /** What the records say of a document, without what is about to be put. */
  private Scope stored(DocId id) {
    return written.getOrDefault(id, Scope.NONE);
  }

  private Audience audience(Label label) {
    return audiences.computeIfAbsent(
        label,
        unknown -> {
          byte[] record = draft.find(SubsetKeys.audience(label));
          return record == null ? Audience.NOBODY : SubsetReads.audience(record);
        });
  }

  /** The leaves' placements after a turn. */
  private static Map<RevId, Placement> placements(
      Scope scope, List<Leaf> before, SubsetDraft.Document after, Map<RevId, Written> written) {
    Map<RevId, Placement> known = new HashMap<>(scope.byLeaf(before));
    Placement all = scope.united();
    Map<RevId, Placement> placements = new HashMap<>();
    for (Leaf leaf : after.leaves()) {
      placements.put(leaf.rev(), placement(leaf.rev(), known, written, all));
    }
    return placements;
  }

  /** A revision's own labels, and where it inherits those of the one that it follows. */
  private static Placement placement(
      RevId rev, Map<RevId, Placement> known, Map<RevId, Written> written, Placement all) {
    Placement kept = known.get(rev);
    if (kept != null) {
      return kept;
    }
    Written write = written.get(rev);
    if (write == null) {
      return Placement.NONE;
    }
    if (!write.placement().inherits()) {
      return write.placement().settled(Placement.NONE);
    }
    Placement parent =
        write
            .parent()
            .filter(followed -> known.containsKey(followed) || written.containsKey(followed))
            .map(followed -> placement(followed, known, written, all))
            .orElse(all);
    return write.placement().settled(parent);
  }

  /** One document on its way from one audience to another. */
  private final class Move {
    private final Scope scope;

    /** The record as it was before; of a grant it differs from the scope. */
    private final Scope stored;

    private final SubsetDraft.Document before;
    private final SubsetDraft.Document after;
    private final Set<RevId> written;
    private final Set<Integer> bearers;
    private final Map<Integer, Stay> stays = new HashMap<>();

    /** Whether the document itself changed; then its rows move to its new position. */
    private final boolean changed;

    private long seq;

    Move(
        Scope scope,
        SubsetDraft.Document before,
        SubsetDraft.Document after,
        Set<RevId> written,
        Set<Integer> bearers) {
      this.scope = scope;
      this.stored = stored(after.id());
      this.before = before;
      this.after = after;
      this.written = written;
      this.bearers = bearers;
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

    void to(Map<RevId, Placement> placements) {
      if (after.leaves().isEmpty()) {
        forget();
        return;
      }
      Placement united = Scope.united(after.leaves(), placements);
      Audience audience = meaning.of(united).and(scope.granted()).settled();
      boolean everyone = audience.contains(Audience.EVERYONE);
      forEach(
          scope.audience().without(audience),
          feed -> {
            if (everyone) {
              joinEveryone(feed);
            } else {
              leave(feed, liveOf(before));
            }
          });
      if (everyone) {
        List.copyOf(stays.values()).stream().filter(Stay::left).forEach(this::comeBack);
      }
      forEach(
          audience,
          feed -> {
            if (scope.audience().contains(feed)) {
              stay(feed, united.urgency());
            } else {
              enter(feed, united.urgency());
            }
          });
      if (changed) {
        stays.replaceAll((feed, stay) -> audience.contains(feed) ? stay : overtakenStay(stay));
      }
      giveBack(audience);
      put(united, placements, audience);
    }

    private void put(Placement united, Map<RevId, Placement> placements, Audience audience) {
      List<Stay> special = stays.values().stream().filter(stay -> !stay.isUsual()).toList();
      Scope now =
          new Scope(
              united,
              placements.size() == 1 ? Map.of() : placements,
              audience,
              scope.granted(),
              special);
      if (now.equals(stored)) {
        return;
      }
      DocId id = after.id();
      scopes.put(id, now);
      SubsetChanges.this.written.put(id, now);
      if (now.isEmpty()) {
        draft.delete(SubsetKeys.scope(id));
      } else {
        draft.put(SubsetKeys.scope(id), now.encode());
      }
      relabel(scope.united().labels(), now.united().labels());
      if (!now.audience().equals(scope.audience())
          || !now.united().labels().equals(scope.united().labels())) {
        followers();
      }
    }

    /** Documents that go where this one goes have to follow. */
    private void followers() {
      if (draft.find(SubsetKeys.referred(after.id().text())) != null) {
        draft.put(SubsetKeys.task(Label.document(after.id())), NOTHING);
      }
    }

    private void relabel(Set<Label> old, Set<Label> now) {
      for (Label label : old) {
        if (!now.contains(label)) {
          draft.delete(SubsetKeys.labelled(label, after.id()));
        }
      }
      for (Label label : now) {
        if (!old.contains(label)) {
          draft.put(SubsetKeys.labelled(label, after.id()), NOTHING);
          if (label.kind() == Label.Kind.DOCUMENT && referred.add(label.name())) {
            draft.put(SubsetKeys.referred(label.name()), NOTHING);
          }
        }
      }
    }

    /** The document was purged. */
    private void forget() {
      forEach(scope.audience(), feed -> removeRow(feed));
      forEach(scope.audience(), feed -> draft.delete(member(feed)));
      for (Stay stay : scope.stays()) {
        if (stay.left()) {
          draft.delete(SubsetKeys.row(stay.feed(), stay.seq()));
        }
      }
      relabel(scope.united().labels(), Set.of());
      draft.delete(SubsetKeys.scope(after.id()));
      scopes.put(after.id(), Scope.NONE);
      SubsetChanges.this.written.put(after.id(), Scope.NONE);
      followers();
    }

    private byte[] member(int feed) {
      return SubsetKeys.member(feed, after.id().utf8());
    }

    private void removeRow(int feed) {
      draft.delete(SubsetKeys.row(feed, scope.seqIn(feed, before.seq())));
    }

    private void putRow(int feed, long at, boolean left, int urgency) {
      draft.put(SubsetKeys.row(feed, at), SubsetReads.row(after.id(), left, urgency));
      draft.advanced(feed);
    }

    /** It was here and is here: its row moves when it changed. */
    private void stay(int feed, int urgency) {
      if (!changed) {
        return;
      }
      removeRow(feed);
      putRow(feed, after.seq(), false, urgency);
      if (SubsetReads.flags(before.leaves()) != SubsetReads.flags(after.leaves())) {
        draft.put(member(feed), SubsetReads.memberFlags(after.leaves()));
      }
      Stay special = stays.get(feed);
      if (special != null) {
        stays.put(feed, new Stay(feed, 0, false, overtaken(special.echoes())));
      }
    }

    /** A site that reads the document in everyone's feed, after the document changed. */
    private Stay overtakenStay(Stay stay) {
      return stay.left() ? stay : new Stay(stay.feed(), 0, false, overtaken(stay.echoes()));
    }

    /**
     * The site's echoes after the document changed: one whose base was followed elsewhere must not
     * stay live on the device, and one that an author followed is an ancestor like any other.
     */
    private List<Echo> overtaken(List<Echo> echoes) {
      List<Echo> now = new ArrayList<>();
      for (Echo echo : echoes) {
        if (after.knows(echo.rev(after.id()))) {
          continue;
        }
        boolean open = !echo.gone() && !isLeaf(after, echo.base());
        now.add(open ? echo.next() : echo);
      }
      return now;
    }

    private void enter(int feed, int urgency) {
      Stay own = stays.get(feed);
      if (own != null && own.left()) {
        draft.delete(SubsetKeys.row(feed, own.seq()));
      }
      Stay known = own != null ? own : stays.get(Audience.EVERYONE);
      List<Echo> echoes = known == null ? List.of() : again(known);
      long at = seq();
      stays.put(feed, new Stay(feed, changed ? 0 : at, false, echoes));
      putRow(feed, at, false, urgency);
      draft.put(member(feed), SubsetReads.memberFlags(after.leaves()));
    }

    /** What the site is told when the document is here again. */
    private List<Echo> again(Stay known) {
      return known.echoes().stream()
          .map(
              echo ->
                  known.left() && echo.gone() && isLive(after, echo.base()) ? echo.next() : echo)
          .toList();
    }

    /** From now on the site reads the document in everyone's feed, and has it already. */
    private void joinEveryone(int feed) {
      removeRow(feed);
      draft.delete(member(feed));
      List<Echo> echoes = scope.stay(feed).map(Stay::echoes).orElse(List.of());
      stays.put(feed, new Stay(feed, 0, false, echoes));
    }

    /** The site gave the document back once, and gets it with everyone. */
    private void comeBack(Stay stay) {
      if (stay.feed() != Audience.EVERYONE) {
        draft.delete(SubsetKeys.row(stay.feed(), stay.seq()));
        stays.put(stay.feed(), new Stay(stay.feed(), 0, false, again(stay)));
      }
    }

    private void leave(int feed, List<RevId> had) {
      removeRow(feed);
      draft.delete(member(feed));
      Stay stay = stays.get(feed);
      Map<RevId, Echo> echoes = new HashMap<>();
      if (stay != null) {
        stay.echoes().forEach(echo -> echoes.put(echo.base(), echo.gone() ? echo : echo.next()));
      }
      had.forEach(base -> echoes.putIfAbsent(base, new Echo(base, 1)));
      noteLeft(feed, echoes);
    }

    private void noteLeft(int feed, Map<RevId, Echo> echoes) {
      if (echoes.isEmpty()) {
        stays.remove(feed);
        return;
      }
      stays.put(feed, new Stay(feed, seq(), true, List.copyOf(echoes.values())));
      putRow(feed, seq(), true, Placement.USUAL);
    }

    /** Sites that brought what is not theirs, or no longer, are told to give it back. */
    private void giveBack(Audience audience) {
      for (int feed : bearers) {
        if (audience.contains(feed) || audience.contains(Audience.EVERYONE)) {
          continue;
        }
        Stay stay = stays.get(feed);
        Map<RevId, Echo> echoes = new HashMap<>();
        if (stay != null) {
          draft.delete(SubsetKeys.row(feed, stay.seq()));
          stay.echoes().forEach(echo -> echoes.put(echo.base(), echo));
        }
        for (RevId rev : written) {
          if (isLive(after, rev)) {
            echoes.putIfAbsent(rev, new Echo(rev, 1));
          }
        }
        echoes.values().removeIf(echo -> after.knows(echo.rev(after.id())));
        noteLeft(feed, echoes);
      }
    }
  }

  private static List<RevId> liveOf(SubsetDraft.Document document) {
    return document.leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList();
  }

  private static boolean isLive(SubsetDraft.Document document, RevId rev) {
    return liveOf(document).contains(rev);
  }

  private static boolean isLeaf(SubsetDraft.Document document, RevId rev) {
    return document.leaves().stream().anyMatch(leaf -> leaf.rev().equals(rev));
  }

  private static void forEach(Audience audience, IntConsumer action) {
    PrimitiveIterator.OfInt feeds = audience.iterator();
    while (feeds.hasNext()) {
      action.accept(feeds.nextInt());
    }
  }
}
