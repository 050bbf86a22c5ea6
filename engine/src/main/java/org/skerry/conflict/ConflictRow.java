package org.skerry.conflict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skerry.collation.ValueReader;
import org.skerry.document.DocId;
import org.skerry.store.ordered.DamagedException;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * An open conflict in the list.
 *
 * @param since when this node first saw it
 * @param leaves the live ones, winner first
 * @param open places about which a person must decide
 */
public record ConflictRow(
    DocId id,
    String kind,
    Instant since,
    List<String> leaves,
    List<String> open,
    State state,
    String reason) {

  private static final byte VERSION = 1;

  public ConflictRow {
    leaves = List.copyOf(leaves);
    open = List.copyOf(open);
  }

  /** Why nothing settles it. */
  public enum State {
    /** A person is needed. */
    OPEN,
    /** Somebody undid a settlement. */
    HELD,
    /** A rule about writing refuses what the policy says. */
    REFUSED;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Conflicts that differ in the same members have the same. */
  public String pattern() {
    return String.join(",", open);
  }

  /** Kind and state come first, so that a filter need not read the rest. */
  byte[] encode() {
    byte[] name = kind.getBytes(StandardCharsets.UTF_8);
    byte[] rest =
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              writeTexts(out, "leaves", leaves);
              writeTexts(out, "open", open);
              out.writeStringProperty("reason", reason);
              out.writeEndObject();
            });
    return ByteBuffer.allocate(2 + Integer.BYTES + name.length + rest.length)
        .put(VERSION)
        .put((byte) state.ordinal())
        .putInt(name.length)
        .put(name)
        .put(rest)
        .array();
  }

  private static void writeTexts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(out::writeString);
    out.writeEndArray();
  }

  static String kind(byte[] row) {
    ByteBuffer in = ByteBuffer.wrap(row, 2, row.length - 2);
    int length = in.getInt();
    return new String(row, in.position(), length, StandardCharsets.UTF_8);
  }

  static State state(byte[] row) {
    return State.values()[row[1]];
  }

  static ConflictRow decode(DocId id, Instant since, byte[] row) {
    if (row[0] != VERSION) {
      throw new DamagedException(
          "a conflict's row: version " + row[0], new IllegalStateException());
    }
    String kind = kind(row);
    int from = 2 + Integer.BYTES + kind.getBytes(StandardCharsets.UTF_8).length;
    JsonNode rest = ValueReader.read(java.util.Arrays.copyOfRange(row, from, row.length));
    return new ConflictRow(
        id,
        kind,
        since,
        texts(rest.path("leaves")),
        texts(rest.path("open")),
        state(row),
        rest.path("reason").asString(""));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
