package org.skerry.store.subset;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Notes which documents have a label. Lives for one turn; one thread.
 *
 * <p>Documents have to be found by label when it means others, which is seldom, and are labelled
 * when they are written, which is always. So a turn notes all labels that its documents got in one
 * record, and when many have come together they are filed by label, several ids to a record: the
 * first is in the key. Nobody takes out an id when its document loses the label: {@link Followers}
 * does when it comes across. An id may stand in several records.
 */
final class Labelled {
  /** Ids in one record: a step takes few of those. */
  private static final int IDS = 32;

  /** What is filed in one turn, so that it stays short. */
  private static final int FILED_AT_ONCE = 8_192;

  private static final byte[] NOTHING = {};

  private final SubsetDraft draft;
  private final Map<Label, List<DocId>> added = new HashMap<>();
  private int count;

  Labelled(SubsetDraft draft) {
    this.draft = draft;
  }

  /** A document got a label in this turn. */
  void add(Label label, DocId id) {
    LabelRecords.of(added, label).add(id);
    count++;
  }

  /** Documents got a label in this turn. */
  void addAll(Label label, List<DocId> ids) {
    LabelRecords.of(added, label).addAll(ids);
    count += ids.size();
  }

  /**
   * Puts what was added.
   *
   * @param seq a position that no other turn has; 0 when documents were labelled that did not
   *     change
   */
  void put(long seq) {
    if (count == 0) {
      return;
    }
    if (seq == 0) {
      added.forEach(this::file);
    } else {
      draft.put(SubsetKeys.unfiled(seq), LabelRecords.ofTurn(added));
      if (draft.known().isToBeFiled(count)) {
        draft.put(SubsetKeys.FILING, NOTHING);
      }
    }
    added.clear();
    count = 0;
  }

  /** Files a label's documents. */
  void file(Label label, Collection<DocId> ids) {
    List<DocId> sorted = sorted(ids);
    for (int from = 0; from < sorted.size(); from += IDS) {
      put(label, sorted.subList(from, Math.min(sorted.size(), from + IDS)));
    }
  }

  /** Each once; mostly they come so. */
  private static List<DocId> sorted(Collection<DocId> ids) {
    DocId before = null;
    for (DocId id : ids) {
      if (before != null && before.compareTo(id) >= 0) {
        return List.copyOf(new TreeSet<>(ids));
      }
      before = id;
    }
    return List.copyOf(ids);
  }

  /** The record of the same first id may have others behind it. */
  private void put(Label label, List<DocId> ids) {
    byte[] key = SubsetKeys.labelled(label, ids.getFirst());
    byte[] known = draft.find(key);
    Collection<DocId> behind = ids.subList(1, ids.size());
    if (known != null) {
      behind = new TreeSet<>(behind);
      behind.addAll(LabelRecords.label(known));
    }
    draft.put(key, LabelRecords.ofLabel(behind));
  }

  /**
   * Files what turns noted.
   *
   * @param view the records as they were before this turn
   * @return whether that was all
   */
  boolean file(OrderedView view) {
    Map<Label, List<DocId>> lists = new HashMap<>();
    boolean more;
    try (OrderedCursor turns = view.cursor()) {
      int ids = 0;
      more = turns.seek(SubsetKeys.UNFILED) && isTurn(turns);
      while (more && ids < FILED_AT_ONCE) {
        ids += LabelRecords.turn(turns.value(), lists);
        draft.delete(turns.key());
        more = turns.next() && isTurn(turns);
      }
    }
    lists.forEach(this::file);
    if (!more) {
      draft.known().filed();
    }
    return !more;
  }

  private static boolean isTurn(OrderedCursor turns) {
    return SubsetKeys.startsWith(turns.key(), SubsetKeys.UNFILED);
  }
}
