package org.skerry.postgres.capture.pgoutput;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads messages, and remembers the tables that they speak of. One thread, for one stream. */
public final class LogReader {
  /** PostgreSQL's time begins in 2000. */
  private static final long EPOCH_SECONDS = 946_684_800L;

  private static final long MICROS = 1_000_000L;

  private final Map<Integer, Relation> relations = new HashMap<>();

  /**
   * The next message.
   *
   * @throws BadLogException when the bytes are none of version 1
   */
  public LogMessage read(ByteBuffer in) {
    try {
      byte kind = in.get();
      return switch (kind) {
        case 'B' -> begin(in);
        case 'C' -> commit(in);
        case 'R' -> described(in);
        case 'I' -> insert(in);
        case 'U' -> update(in);
        case 'D' -> delete(in);
        case 'T' -> truncate(in);
        case 'M' -> remark(in);
        case 'O', 'Y' -> new LogMessage.Other();
        default -> throw new BadLogException("a message of the unknown kind " + kind);
      };
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new BadLogException("a message is cut off");
    }
  }

  private static LogMessage begin(ByteBuffer in) {
    return new LogMessage.Begin(in.getLong(), time(in), Integer.toUnsignedLong(in.getInt()));
  }

  private static LogMessage commit(ByteBuffer in) {
    in.get();
    return new LogMessage.Commit(in.getLong(), in.getLong());
  }

  private static Instant time(ByteBuffer in) {
    long micros = in.getLong();
    return Instant.ofEpochSecond(
        EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
  }

  private LogMessage described(ByteBuffer in) {
    int oid = in.getInt();
    String schema = string(in);
    String name = string(in);
    Relation.Identity identity = Relation.Identity.of(in.get());
    int count = length(in, in.getShort());
    List<Relation.Column> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean key = (in.get() & 1) != 0;
      String column = string(in);
      columns.add(new Relation.Column(column, key, in.getInt()));
      in.getInt();
    }
    Relation relation =
        new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, name, identity, columns);
    relations.put(oid, relation);
    return new LogMessage.Described(relation);
  }

  private LogMessage insert(ByteBuffer in) {
    Relation relation = relation(in);
    expect(in, 'N');
    return new LogMessage.Insert(tuple(relation, in));
  }

  private LogMessage update(ByteBuffer in) {
    Relation relation = relation(in);
    Optional<Tuple> old = Optional.empty();
    byte part = in.get();
    if (part == 'K' || part == 'O') {
      old = Optional.of(tuple(relation, in));
      part = in.get();
    }
    if (part != 'N') {
      throw new BadLogException("an update without a new row");
    }
    return new LogMessage.Update(old, tuple(relation, in));
  }

  private LogMessage delete(ByteBuffer in) {
    Relation relation = relation(in);
    in.get();
    return new LogMessage.Delete(tuple(relation, in));
  }

  private LogMessage truncate(ByteBuffer in) {
    int count = in.getInt();
    in.get();
    List<Relation> emptied = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      emptied.add(relation(in));
    }
    return new LogMessage.Truncate(emptied);
  }

  private static LogMessage remark(ByteBuffer in) {
    boolean transactional = (in.get() & 1) != 0;
    in.getLong();
    String prefix = string(in);
    byte[] content = new byte[length(in, in.getInt())];
    in.get(content);
    return new LogMessage.Remark(transactional, prefix, content);
  }

  private Relation relation(ByteBuffer in) {
    int oid = in.getInt();
    Relation relation = relations.get(oid);
    if (relation == null) {
      throw new BadLogException("a row of a table that was not described: " + oid);
    }
    return relation;
  }

  private static void expect(ByteBuffer in, char part) {
    byte found = in.get();
    if (found != part) {
      throw new BadLogException("part " + (char) found + " where " + part + " should be");
    }
  }

  private static Tuple tuple(Relation relation, ByteBuffer in) {
    int count = length(in, in.getShort());
    List<Cell> cells = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte kind = in.get();
      cells.add(
          switch (kind) {
            case 'n' -> Cell.NULL;
            case 'u' -> Cell.UNCHANGED;
            case 't' -> new Cell.Text(text(in, in.getInt()));
            default -> throw new BadLogException("a value of the unknown kind " + kind);
          });
    }
    return new Tuple(relation, cells);
  }

  private static String string(ByteBuffer in) {
    int length = 0;
    while (in.get(in.position() + length) != 0) {
      length++;
    }
    String text = text(in, length);
    in.get();
    return text;
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length(in, length)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Of so many bytes, or of parts of at least one byte each. */
  private static int length(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BadLogException(
          "a length of " + length + ", and " + in.remaining() + " bytes left");
    }
    return length;
  }
}
