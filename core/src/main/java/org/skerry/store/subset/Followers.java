package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skerry.document.DocId;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Finds the documents of a label, in parts. Lives for one turn; one thread.
 *
 * <p>Those that are not filed yet come first: they may be filed in front of where the next part
 * begins. What is labelled after the first part was written by a turn that knew what the label
 * means.
 */
final class Followers {
  /** No id has this byte. */
  private static final byte NO_ID = (byte) 0xff;

  private final SubsetDraft draft;
  private final Labelled labelled;
  private final BiPredicate<DocId, Label> has;
  private @Nullable Map<Label, List<DocId>> unfiled;

  /**
   * @param has whether a document has the label as this turn left it
   */
  Followers(SubsetDraft draft, Labelled labelled, BiPredicate<DocId, Label> has) {
    this.draft = draft;
    this.labelled = labelled;
    this.has = has;
  }

  /**
   * Some of a label's documents.
   *
   * @param behind where the next part begins
   */
  record Part(List<DocId> ids, byte[] behind, boolean isLast) {}

  /**
   * Reads on in a label's documents.
   *
   * @param view the records as they were before this turn
   * @param behind nothing, or what the part before said
   */
  Part part(OrderedView view, Label label, byte[] behind, int limit) {
    List<DocId> found = new ArrayList<>();
    Place place = behind.length == 0 ? Place.FIRST : Place.of(behind);
    if (behind.length == 0) {
      NavigableSet<DocId> recent = new TreeSet<>(unfiled(view, label));
      recent.removeIf(id -> !has.test(id, label));
      if (recent.size() > limit) {
        // Too many for one step: from the next on they are found where they are filed.
        labelled.file(label, recent);
        return new Part(List.of(), place.bytes(), false);
      }
      found.addAll(recent);
    }
    byte[] prefix = SubsetKeys.labelled(label);
    try (OrderedCursor records = view.cursor()) {
      boolean more = records.seek(place.seek(prefix));
      while (more && SubsetKeys.startsWith(records.key(), prefix)) {
        DocId record = SubsetKeys.idBehind(prefix, records.key());
        for (DocId id : of(label, record)) {
          if (place.isBefore(record, id)) {
            if (found.size() >= limit) {
              return new Part(found, place.bytes(), false);
            }
            found.add(id);
            place = new Place(record.utf8(), Optional.of(id));
          }
        }
        more = records.next();
      }
    }
    return new Part(found, place.bytes(), true);
  }

  private List<DocId> unfiled(OrderedView view, Label label) {
    Map<Label, List<DocId>> known = unfiled;
    if (known == null) {
      known = LabelRecords.unfiled(view);
      unfiled = known;
    }
    return known.getOrDefault(label, List.of());
  }

  /** Those of one record that have the label; it keeps no others but the one in its key. */
  private List<DocId> of(Label label, DocId record) {
    byte[] key = SubsetKeys.labelled(label, record);
    byte[] known = draft.find(key);
    if (known == null) {
      return List.of();
    }
    List<DocId> all = LabelRecords.label(known);
    List<DocId> left = new ArrayList<>(all);
    left.removeIf(id -> !has.test(id, label));
    boolean first = has.test(record, label);
    if (left.isEmpty() && !first) {
      draft.delete(key);
    } else if (left.size() < all.size()) {
      draft.put(key, LabelRecords.ofLabel(left));
    }
    if (first) {
      left.addFirst(record);
    }
    return left;
  }

  /**
   * Where reading stands in a label's documents.
   *
   * @param record the first id of a record: of that which is being read, or of the last that was
   * @param id of a record that is being read: the last that was
   */
  private record Place(byte[] record, Optional<DocId> id) {
    /** In front of all that is filed. */
    static final Place FIRST = of(new byte[] {NO_ID});

    static Place of(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == NO_ID) {
          DocId id = DocId.ofStored(Arrays.copyOfRange(bytes, i + 1, bytes.length));
          return new Place(Arrays.copyOf(bytes, i), Optional.of(id));
        }
      }
      return new Place(bytes, Optional.empty());
    }

    byte[] bytes() {
      return id.map(read -> joined(record, new byte[] {NO_ID}, read.utf8())).orElse(record);
    }

    /** The key of the record that is being read, or the least behind that of the last. */
    byte[] seek(byte[] prefix) {
      return id.isPresent() ? joined(prefix, record) : joined(prefix, record, new byte[1]);
    }

    boolean isBefore(DocId other, DocId inside) {
      return !Arrays.equals(record, other.utf8())
          || id.map(read -> read.compareTo(inside) < 0).orElse(true);
    }

    private static byte[] joined(byte[]... parts) {
      ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
      Stream.of(parts).forEach(all::put);
      return all.array();
    }
  }
}
