package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * How {@link Labelled} writes down which documents have which labels.
 *
 * <pre>
 *   of a turn: for each label its kind (1), name, number of ids, ids
 *   of a label: ids behind the one in the key
 * </pre>
 *
 * Numbers are varints, names and ids have their length before them.
 */
final class LabelRecords {
  /** What a label's kind and numbers take at most. */
  private static final int AROUND = 12;

  /** Longer records grow on their way. */
  private static final int MOST_AT_ONCE = 1 << 20;

  private LabelRecords() {}

  static List<DocId> of(Map<Label, List<DocId>> lists, Label label) {
    return lists.computeIfAbsent(label, first -> new ArrayList<>(0));
  }

  static byte[] ofTurn(Map<Label, List<DocId>> lists) {
    RecordBytes out = new RecordBytes(length(lists));
    lists.forEach(
        (label, ids) -> {
          out.put(label.kind().letter());
          out.bytes(label.name().getBytes(StandardCharsets.UTF_8));
          out.number(ids.size());
          ids.forEach(id -> out.bytes(id.utf8()));
        });
    return out.toArray();
  }

  /** About as many bytes as they take; an estimate where names are not ASCII. */
  private static int length(Map<Label, List<DocId>> lists) {
    long length = AROUND;
    for (Map.Entry<Label, List<DocId>> list : lists.entrySet()) {
      length += list.getKey().name().length() + 2L * AROUND;
      for (DocId id : list.getValue()) {
        length += id.utf8().length + 2;
      }
    }
    return (int) Math.min(length, MOST_AT_ONCE);
  }

  /** Reads a turn's record; returns how many documents it names. */
  static int turn(byte[] record, Map<Label, List<DocId>> lists) {
    int count = 0;
    RecordBytes in = new RecordBytes(record);
    while (in.isLeft()) {
      Label.Kind kind = Label.Kind.of((byte) in.take());
      List<DocId> ids = of(lists, new Label(kind, in.text()));
      int left = in.count();
      count += left;
      for (; left > 0; left--) {
        ids.add(DocId.ofStored(in.bytes()));
      }
    }
    return count;
  }

  /** All that turns noted and nobody filed; an id may stand there twice. */
  static Map<Label, List<DocId>> unfiled(OrderedView view) {
    Map<Label, List<DocId>> lists = new HashMap<>();
    try (OrderedCursor turns = view.cursor()) {
      boolean more = turns.seek(SubsetKeys.UNFILED);
      while (more && SubsetKeys.startsWith(turns.key(), SubsetKeys.UNFILED)) {
        turn(turns.value(), lists);
        more = turns.next();
      }
    }
    return lists;
  }

  static byte[] ofLabel(Collection<DocId> behind) {
    RecordBytes out = new RecordBytes();
    behind.forEach(id -> out.bytes(id.utf8()));
    return out.toArray();
  }

  static List<DocId> label(byte[] record) {
    List<DocId> ids = new ArrayList<>();
    RecordBytes in = new RecordBytes(record);
    while (in.isLeft()) {
      ids.add(DocId.ofStored(in.bytes()));
    }
    return ids;
  }
}
