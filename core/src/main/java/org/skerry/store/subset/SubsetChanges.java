package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Keeps subsets as documents and the meaning of labels change; {@link Move} does it for one
 * document. Lives for one turn of a store; one thread.
 */
public final class SubsetChanges {
  private static final byte[] NOTHING = {};

  private final SubsetDraft draft;
  private final Map<DocId, Scope> scopes = new HashMap<>();

  /** Whose scopes were written by older programs. */
  private final Set<DocId> older = new HashSet<>();

  /** Of those labels that mean others since this turn. */
  private final Map<Label, Audience> audiences = new HashMap<>();

  private final Meaning meaning;

  private final References references;

  private final Labelled labelled;
  private final TurnRows rows;

  private final Followers followers;

  private final Arrivals arrivals;

  /** Whether there is more to be filed. */
  private boolean filing;

  /** The position of the last document that changed in this turn; 0 when none did. */
  private long lastChange;

  /** What was begun in this turn, or is not yet at its end. */
  private final Set<Task> tasks = new HashSet<>();

  public SubsetChanges(SubsetDraft draft) {
    this.draft = draft;
    this.labelled = new Labelled(draft);
    this.rows = new TurnRows(draft);
    this.references = new References(draft);
    this.followers = new Followers(draft, labelled, this::has);
    this.arrivals = new Arrivals(this);
    this.meaning = new Meaning(this::scope, this::audience);
  }

  /**
   * Whether a record of that key may be asked for again in the turn that put it: rows and members
   * are not, scopes and audiences are remembered here.
   */
  public static boolean isAskedFor(byte[] key) {
    return "rntNl".indexOf(key[0]) >= 0;
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
    lastChange = Math.max(lastChange, after.seq());
    // What is new may have a record, too: of one that was purged, and that sites gave back.
    if (before.leaves().isEmpty() && isUnplaced(after.id()) && arrivals.take(after, written)) {
      return;
    }
    Scope scope = scope(after.id());
    Move move = new Move(this, scope, before, after, Brought.of(written));
    // A turn that writes, too, is not taken for a purge: its leaves may have become ancestors that
    // were stemmed.
    (written.isEmpty() ? move.purging() : move)
        .to(placements(scope, before.leaves(), after, written), scope.granted());
  }

  private boolean isUnplaced(DocId id) {
    Scope known = scopes.get(id);
    return known == null ? draft.findScope(id) == null : known.isEmpty();
  }

  /** Puts what the whole turn has in common. Nothing comes behind it. */
  public void end() {
    arrivals.end();
    labelled.put(lastChange);
    rows.put();
    if (!references.added().isEmpty()) {
      draft.afterwards(() -> references.added().forEach(this::remember));
    }
  }

  /** Remembers to whom others refer, as this turn left it. */
  private void remember(String name) {
    DocId id = DocId.of(name);
    Scope scope = older.contains(id) ? Scope.NONE : scopes.getOrDefault(id, Scope.NONE);
    draft.known().referred().note(name, scope);
  }

  /**
   * Gives leaves of a document new placements; those that were followed meanwhile have theirs.
   *
   * @return whether all tombstones are named: one that is not inherited what changes here
   */
  boolean place(SubsetDraft.Document document, Map<RevId, Placement> changed) {
    Scope scope = scope(document.id());
    Map<RevId, Placement> known = scope.byLeaf(document.leaves());
    Map<RevId, Placement> placements = new HashMap<>();
    for (Leaf leaf : document.leaves()) {
      Placement old = known.getOrDefault(leaf.rev(), Placement.NONE);
      Placement now = changed.get(leaf.rev());
      placements.put(leaf.rev(), now == null ? old : now.settled(old));
    }
    new Move(this, scope, document, document, Map.of()).to(placements, scope.granted());
    return document.leaves().stream()
        .allMatch(leaf -> !leaf.deleted() || changed.containsKey(leaf.rev()));
  }

  /**
   * Gives a document to a feed whatever its labels say, or takes that back.
   *
   * @return whether it has it now, or had it
   */
  boolean grant(SubsetDraft.Document document, int feed, boolean granted) {
    Scope scope = scope(document.id());
    if (!granted && !scope.granted().contains(feed)) {
      return false;
    }
    Audience one = Audience.of(feed);
    Audience now = granted ? scope.granted().and(one) : scope.granted().without(one);
    new Move(this, scope, document, document, Map.of()).to(scope.byLeaf(document.leaves()), now);
    return true;
  }

  /**
   * Lets a document follow what its labels mean now.
   *
   * <p>One that refers to others is only looked through by those that refer to it: they may have
   * seen more than it did, and seen it too early. So they follow even where nothing changed here,
   * but not for ever, since references may run in circles.
   */
  private void follow(SubsetDraft.Document document, int depth) {
    DocId id = document.id();
    Scope scope = scope(id);
    boolean concerned =
        new Move(this, scope, document, document, Map.of())
            .to(scope.byLeaf(document.leaves()), scope.granted());
    if (!concerned && depth > 0 && scope.refers() && references.isReferredTo(id)) {
      lead(Label.document(id), depth - 1);
    }
  }

  /** Says whom labels mean; documents follow in steps. */
  void mean(Map<Label, Audience> meant) {
    meant.forEach(
        (label, audience) -> {
          Audience now = audience.settled();
          if (!now.equals(audience(label))) {
            draft.put(SubsetKeys.audience(label), AudienceRecord.encode(now));
            draft.known().forget(label);
            audiences.put(label, now);
            lead(label, Meaning.DEPTH);
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

  /** All documents with the label have to follow, from the first: also when some did already. */
  private void lead(Label label, int depth) {
    arrivals.end();
    Task task = new Task(label, depth);
    draft.put(task.key(), NOTHING);
    tasks.add(task);
  }

  /**
   * Lets documents follow their labels. Those wait until what is to be filed is filed, since they
   * look through all that is not.
   *
   * @param view the records as they were before this turn
   * @return whether there is more to do
   */
  boolean step(OrderedView view, int limit) {
    int left = limit;
    try (OrderedCursor open = view.cursor()) {
      boolean more = open.seek(SubsetKeys.TASKS);
      while (more && SubsetKeys.startsWith(open.key(), SubsetKeys.TASKS)) {
        if (left <= 0) {
          return true;
        }
        byte[] key = open.key();
        if (key.length == SubsetKeys.FILING.length) {
          file(view);
          if (filing) {
            return true;
          }
        } else {
          left -= step(view, Task.of(key), left);
        }
        more = open.next();
      }
    }
    return filing || !tasks.isEmpty();
  }

  private void file(OrderedView view) {
    filing = !labelled.file(view);
    if (!filing) {
      draft.delete(SubsetKeys.FILING);
    }
  }

  /** Takes a part of one task, or ends it; returns how many documents followed. */
  private int step(OrderedView view, Task task, int limit) {
    // As this turn left it: one of the documents before may have begun the task anew.
    byte @Nullable [] behind = draft.find(task.key());
    Followers.Part part =
        followers.part(view, task.label(), behind == null ? NOTHING : behind, limit);
    if (part.isLast()) {
      draft.delete(task.key());
      tasks.remove(task);
    } else {
      draft.put(task.key(), part.behind());
      tasks.add(task);
    }
    part.ids().forEach(id -> draft.document(id).ifPresent(found -> follow(found, task.depth())));
    return Math.max(1, part.ids().size());
  }

  private boolean has(DocId id, Label label) {
    return scope(id).united().labels().contains(label);
  }

  Labelled labelled() {
    return labelled;
  }

  References references() {
    return references;
  }

  TurnRows rows() {
    return rows;
  }

  SubsetDraft draft() {
    return draft;
  }

  Scope scope(DocId id) {
    Scope known = scopes.get(id);
    if (known == null) {
      known = read(id);
      scopes.put(id, known);
    }
    return known;
  }

  private Scope read(DocId id) {
    Scope known = draft.known().referred().scope(id.text());
    if (known != null) {
      return known;
    }
    byte[] record = draft.findScope(id);
    if (record == null) {
      return Scope.NONE;
    }
    if (ScopeRecord.isOlder(record)) {
      older.add(id);
    }
    return ScopeRecord.decode(id, record);
  }

  /** Whom a document's labels mean now. */
  Audience audience(DocId id, Placement placement) {
    return meaning.of(id, placement);
  }

  private Audience audience(Label label) {
    Audience changed = audiences.get(label);
    if (changed != null) {
      return changed;
    }
    Audience known = draft.known().find(label);
    if (known == null) {
      byte[] record = draft.find(SubsetKeys.audience(label));
      known = record == null ? Audience.NOBODY : AudienceRecord.decode(record);
      draft.known().note(label, known);
    }
    return known;
  }

  /**
   * Puts what is kept of a document, and has followers follow when it concerns them.
   *
   * @return whether it does
   */
  boolean put(DocId id, Scope before, Scope now) {
    // An older program must not go on with a document whose row it would not find.
    if (now.equals(before) && !older.remove(id)) {
      return false;
    }
    keep(id, now);
    draft.putScope(id, now.isEmpty() ? null : ScopeRecord.encode(now));
    relabel(id, before.united().labels(), now.united().labels());
    list(id, before.granted(), now.granted());
    boolean concerned =
        !now.audience().equals(before.audience())
            || !now.granted().equals(before.granted())
            || !now.united().labels().equals(before.united().labels());
    if (concerned && references.isReferredTo(id)) {
      lead(Label.document(id), Meaning.DEPTH);
    }
    return concerned;
  }

  /**
   * Puts what is kept of a document of which nothing was kept, and which got its labels elsewhere.
   */
  void put(DocId id, Scope now, byte[] record) {
    scopes.replace(id, now);
    draft.putScope(id, record);
    references.created(id);
    if (references.isReferredTo(id)) {
      keep(id, now);
      lead(Label.document(id), Meaning.DEPTH);
    }
  }

  /** From here on; between turns, too, if the document is remembered. */
  private void keep(DocId id, Scope now) {
    scopes.put(id, now);
    if (draft.known().referred().contains(id.text())) {
      draft.afterwards(() -> remember(id.text()));
    }
  }

  /** What a site was given can be listed. */
  private void list(DocId id, Audience old, Audience now) {
    for (int feed : old.without(now).feeds()) {
      draft.delete(SubsetKeys.granted(feed, id.utf8()));
    }
    for (int feed : now.without(old).feeds()) {
      draft.put(SubsetKeys.granted(feed, id.utf8()), NOTHING);
    }
  }

  private void relabel(DocId id, Set<Label> old, Set<Label> now) {
    if (now.equals(old)) {
      return;
    }
    for (Label label : now) {
      if (!old.contains(label)) {
        labelled.add(label, id);
        refer(label);
      }
    }
  }

  /** Some document has the label. */
  void refer(Label label) {
    if (label.kind() == Label.Kind.DOCUMENT) {
      references.add(label.name());
    }
  }

  /** The leaves' placements after a turn. */
  private static Map<RevId, Placement> placements(
      Scope scope, List<Leaf> before, SubsetDraft.Document after, Map<RevId, Written> written) {
    Map<RevId, Placement> known = scope.byLeaf(before);
    Map<RevId, Placement> placements = new HashMap<>();
    for (Leaf leaf : after.leaves()) {
      placements.put(leaf.rev(), placement(leaf.rev(), known, written, scope.united()));
    }
    return placements;
  }

  /**
   * A revision's own labels, and as long as they are inherited those of the ones that it follows.
   *
   * @param all what is inherited from a revision of which nothing is known
   */
  static Placement placement(
      RevId rev, Map<RevId, Placement> known, Map<RevId, Written> written, Placement all) {
    Placement kept = known.get(rev);
    Written write = written.get(rev);
    if (kept != null || write == null) {
      return kept == null ? Placement.NONE : kept;
    }
    Placement own = write.placement();
    while (own.inherits()) {
      Optional<RevId> parent = write.parent();
      Placement inherited = parent.map(known::get).orElse(null);
      Written next = parent.map(written::get).orElse(null);
      if (inherited != null || next == null) {
        return own.settled(inherited == null ? all : inherited);
      }
      write = next;
      own = own.over(next.placement());
    }
    return own.settled(Placement.NONE);
  }
}
