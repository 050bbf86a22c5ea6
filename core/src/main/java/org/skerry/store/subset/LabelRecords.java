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
  private LabelRecords() {}

  static List<DocId> of(Map<Label, List<DocId>> lists, Label label) {
    return lists.computeIfAbsent(label, first -> new ArrayList<>(0));
  }

  static byte[] ofTurn(Map<Label, List<DocId>> lists) {
    RecordBytes out = new RecordBytes();
    lists.forEach(
        (label, ids) -> {
          out.put(label.kind().letter());
          out.bytes(label.name().getBytes(StandardCharsets.UTF_8));
          out.number(ids.size());
          ids.forEach(id -> out.bytes(id.utf8()));
        });
    return out.toArray();
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
