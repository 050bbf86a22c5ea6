package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoreException;

/**
 * How a {@link Scope} is written down.
 *
 * <pre>
 *   version (1), placement, audience, audience of those granted
 *   number of leaves, of each: revision, placement
 *   number of stays, of each: feed, seq, left (1), number of echoes, of each: base, depth,
 *     number of ancestors, of each: revision
 *   placement: urgency (1), number of labels, of each: kind (1), name
 * </pre>
 *
 * Numbers are varints, texts have their length before them, audiences stand as {@link
 * AudienceRecord} says.
 */
final class ScopeRecord {
  /**
   * The same as 2, and that rows, members and labels are filed later: programs that look for them
   * in their old places refuse it. In 3 rows were where they had always been.
   */
  private static final int VERSION = 4;

  /** In this one, echoes had no ancestors. */
  private static final int FIRST = 1;

  private ScopeRecord() {}

  static byte[] encode(Scope scope) {
    RecordBytes out = new RecordBytes();
    out.put(VERSION);
    write(out, scope.united());
    AudienceRecord.write(out, scope.audience());
    AudienceRecord.write(out, scope.granted());
    out.number(scope.leaves().size());
    for (Map.Entry<RevId, Placement> leaf : scope.leaves().entrySet()) {
      out.bytes(leaf.getKey().textBytes());
      write(out, leaf.getValue());
    }
    out.number(scope.stays().size());
    for (Stay stay : scope.stays()) {
      write(out, stay);
    }
    return out.toArray();
  }

  private static void write(RecordBytes out, Placement placement) {
    out.put(placement.urgency());
    out.number(placement.labels().size());
    for (Label label : placement.labels()) {
      out.put(label.kind().letter());
      out.bytes(label.name().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(RecordBytes out, Stay stay) {
    out.number(stay.feed());
    out.number(stay.seq());
    out.put(stay.left() ? 1 : 0);
    out.number(stay.echoes().size());
    for (Echo echo : stay.echoes()) {
      out.bytes(echo.base().textBytes());
      out.number(echo.depth());
      out.number(echo.ancestors().size());
      echo.ancestors().forEach(rev -> out.bytes(rev.textBytes()));
    }
  }

  /** Whether an older program would go on with the document. */
  static boolean isOlder(byte[] record) {
    return record[0] < VERSION;
  }

  static Scope decode(DocId id, byte[] record) {
    if (record.length == 0 || record[0] > VERSION) {
      throw new StoreException("the scope of " + id + " was written by a newer Skerry: use that");
    }
    try {
      RecordBytes in = new RecordBytes(record);
      return read(in, in.take());
    } catch (RuntimeException e) {
      throw new StoreException("the scope of document " + id + " is damaged", e);
    }
  }

  private static Scope read(RecordBytes in, int version) {
    Placement united = placement(in);
    Audience audience = AudienceRecord.read(in);
    Audience granted = AudienceRecord.read(in);
    Map<RevId, Placement> leaves = new HashMap<>();
    for (int left = in.count(); left > 0; left--) {
      RevId rev = RevId.parse(in.text());
      leaves.put(rev, placement(in));
    }
    List<Stay> stays = new ArrayList<>(0);
    for (int left = in.count(); left > 0; left--) {
      stays.add(stay(in, version));
    }
    return new Scope(united, leaves, audience, granted, stays);
  }

  private static Placement placement(RecordBytes in) {
    int urgency = in.take();
    Set<Label> labels = new HashSet<>();
    for (int left = in.count(); left > 0; left--) {
      Label.Kind kind = Label.Kind.of((byte) in.take());
      labels.add(new Label(kind, in.text()));
    }
    return Placement.of(labels, false, urgency);
  }

  private static Stay stay(RecordBytes in, int version) {
    int feed = in.count();
    long seq = in.number();
    boolean gone = in.take() != 0;
    List<Echo> echoes = new ArrayList<>(1);
    for (int left = in.count(); left > 0; left--) {
      RevId base = RevId.parse(in.text());
      int depth = in.count();
      echoes.add(new Echo(base, depth, version == FIRST ? List.of() : ancestors(in)));
    }
    return new Stay(feed, seq, gone, echoes);
  }

  private static List<RevId> ancestors(RecordBytes in) {
    List<RevId> ancestors = new ArrayList<>(0);
    for (int left = in.count(); left > 0; left--) {
      ancestors.add(RevId.parse(in.text()));
    }
    return ancestors;
  }
}
