package org.skerry.store.subset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.StoreException;

/**
 * What is kept of one document: its labels, who has it, and what is special in some feeds.
 *
 * @param united the labels of all live leaves; of all leaves where none lives
 * @param leaves placements by leaf, where there are several. The only leaf has the united one,
 *     whatever the leaf's name: so that an update need not touch this record
 * @param granted who has it whatever its labels say
 */
record Scope(
    Placement united,
    Map<RevId, Placement> leaves,
    Audience audience,
    Audience granted,
    List<Stay> stays) {
  private static final int VERSION = 1;

  static final Scope NONE =
      new Scope(Placement.NONE, Map.of(), Audience.NOBODY, Audience.NOBODY, List.of());

  Scope {
    leaves = Map.copyOf(leaves);
    stays = List.copyOf(stays);
  }

  boolean isEmpty() {
    return united.labels().isEmpty()
        && leaves.isEmpty()
        && audience.isEmpty()
        && granted.isEmpty()
        && stays.isEmpty();
  }

  /** The placements by leaf, given the leaves to which this belongs. */
  Map<RevId, Placement> byLeaf(List<Leaf> standing) {
    return leaves.isEmpty() && !standing.isEmpty()
        ? Map.of(standing.getFirst().rev(), united)
        : leaves;
  }

  static Placement united(List<Leaf> standing, Map<RevId, Placement> placements) {
    boolean lives = standing.stream().anyMatch(leaf -> !leaf.deleted());
    return standing.stream()
        .filter(leaf -> !lives || !leaf.deleted())
        .map(leaf -> placements.getOrDefault(leaf.rev(), Placement.NONE))
        .reduce(Placement::and)
        .orElse(Placement.NONE);
  }

  Optional<Stay> stay(int feed) {
    for (Stay stay : stays) {
      if (stay.feed() == feed) {
        return Optional.of(stay);
      }
    }
    return Optional.empty();
  }

  /** Where the document's row in a feed of its audience stands. */
  long seqIn(int feed, long ofDocument) {
    return stay(feed).map(Stay::seq).filter(seq -> seq > 0).orElse(ofDocument);
  }

  /** How the document stands to a site: its own feed's word before everyone's. */
  Standing standing(int feed) {
    if (audience.contains(feed)) {
      return new Standing.Inside(stay(feed).map(Stay::echoes).orElse(List.of()));
    }
    if (audience.contains(Audience.EVERYONE)) {
      return new Standing.Inside(
          stay(feed).or(() -> stay(Audience.EVERYONE)).map(Stay::echoes).orElse(List.of()));
    }
    return stay(feed)
        .or(() -> stay(Audience.EVERYONE))
        .filter(Stay::left)
        .<Standing>map(stay -> new Standing.Left(stay.echoes()))
        .orElseGet(Standing.Outside::new);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, united);
      out.writeShort(leaves.size());
      for (Map.Entry<RevId, Placement> leaf : leaves.entrySet()) {
        write(out, leaf.getKey());
        write(out, leaf.getValue());
      }
      audience.write(out);
      granted.write(out);
      out.writeShort(stays.size());
      for (Stay stay : stays) {
        write(out, stay);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, RevId rev) throws IOException {
    byte[] text = rev.textBytes();
    out.writeShort(text.length);
    out.write(text);
  }

  private static void write(DataOutputStream out, Placement placement) throws IOException {
    out.writeByte(placement.urgency());
    out.writeShort(placement.labels().size());
    for (Label label : placement.labels()) {
      out.writeByte(label.kind().letter());
      byte[] name = label.name().getBytes(StandardCharsets.UTF_8);
      out.writeShort(name.length);
      out.write(name);
    }
  }

  private static void write(DataOutputStream out, Stay stay) throws IOException {
    out.writeInt(stay.feed());
    out.writeLong(stay.seq());
    out.writeBoolean(stay.left());
    out.writeShort(stay.echoes().size());
    for (Echo echo : stay.echoes()) {
      write(out, echo.base());
      out.writeInt(echo.depth());
    }
  }

  static Scope decode(DocId id, byte[] record) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
      if (in.readByte() != VERSION) {
        throw new StoreException("the scope of " + id + " was written by a newer Skerry: use that");
      }
      return read(in);
    } catch (IOException | RuntimeException e) {
      throw e instanceof StoreException known
          ? known
          : new StoreException("the scope of document " + id + " is damaged", e);
    }
  }

  private static Scope read(DataInputStream in) throws IOException {
    Placement united = readPlacement(in);
    int leafCount = in.readUnsignedShort();
    Map<RevId, Placement> leaves = new HashMap<>();
    for (int i = 0; i < leafCount; i++) {
      RevId rev = readRev(in);
      leaves.put(rev, readPlacement(in));
    }
    Audience audience = Audience.read(in);
    Audience granted = Audience.read(in);
    int stayCount = in.readUnsignedShort();
    List<Stay> stays = new ArrayList<>(stayCount);
    for (int i = 0; i < stayCount; i++) {
      stays.add(readStay(in));
    }
    return new Scope(united, leaves, audience, granted, stays);
  }

  private static RevId readRev(DataInputStream in) throws IOException {
    return RevId.parse(readText(in));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  private static Placement readPlacement(DataInputStream in) throws IOException {
    int urgency = in.readUnsignedByte();
    int count = in.readUnsignedShort();
    Set<Label> labels = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Label.Kind kind = Label.Kind.of(in.readByte());
      labels.add(new Label(kind, readText(in)));
    }
    return Placement.of(labels, false, urgency);
  }

  private static Stay readStay(DataInputStream in) throws IOException {
    int feed = in.readInt();
    long seq = in.readLong();
    boolean left = in.readBoolean();
    int count = in.readUnsignedShort();
    List<Echo> echoes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      RevId base = readRev(in);
      echoes.add(new Echo(base, in.readInt()));
    }
    return new Stay(feed, seq, left, echoes);
  }
}
