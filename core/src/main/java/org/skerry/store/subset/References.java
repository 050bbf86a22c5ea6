package org.skerry.store.subset;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedView;

/**
 * Who is referred to. Each document that goes to others has to ask whether some go where it goes,
 * and most are new: as long as nobody ever referred to a document that was not here, nobody can
 * refer to a new one, and nothing is looked up. That nobody did is known only of databases that
 * were watched from their first document on, which the value under {@code k} says. Lives for one
 * turn; one thread.
 */
final class References {
  private static final byte[] NOTHING = {};
  private static final byte[] WATCHED = {1};

  private final SubsetDraft draft;

  /** Noted in this turn. */
  private final Set<String> referred = new HashSet<>();

  /** Whether this turn says that somebody may refer to what is not here. */
  private boolean dangling;

  private @Nullable DocId created;

  References(SubsetDraft draft) {
    this.draft = draft;
  }

  /** Begins to keep subsets, where nobody did so meanwhile. */
  static void begin(SubsetDraft draft) {
    if (draft.find(SubsetKeys.KEPT) != null) {
      return;
    }
    draft.put(SubsetKeys.KEPT, WATCHED);
    draft.afterwards(() -> draft.known().complete(true));
  }

  /** Whether nobody refers to a document that is not here. */
  static boolean complete(OrderedView view) {
    byte[] kept = view.find(SubsetKeys.KEPT);
    return kept != null && kept.length > 0 && view.find(SubsetKeys.DANGLING) == null;
  }

  /** From here on, somebody may refer to a document that is not here. */
  void mayDangle() {
    if (!dangling && draft.known().isComplete()) {
      dangling = true;
      draft.put(SubsetKeys.DANGLING, NOTHING);
      draft.afterwards(() -> draft.known().complete(false));
    }
  }

  /** The document of which is asked next was not here before this turn, nor was its scope. */
  void created(DocId id) {
    created = id;
  }

  /** A document refers to another. */
  void add(String name) {
    if (referred.add(name) && !draft.known().referred().contains(name)) {
      draft.put(SubsetKeys.referred(name), NOTHING);
      if (draft.known().isComplete() && !draft.exists(DocId.of(name))) {
        mayDangle();
      }
    }
  }

  /** To whom documents were found to refer in this turn. */
  Set<String> added() {
    return referred;
  }

  /** Whether some document goes where this one goes. */
  boolean isReferredTo(DocId id) {
    if (referred.contains(id.text()) || draft.known().referred().contains(id.text())) {
      return true;
    }
    boolean isNew = created != null && created.equals(id);
    boolean nobody = isNew && draft.known().isComplete();
    return !nobody && draft.find(SubsetKeys.referred(id.text())) != null;
  }
}
