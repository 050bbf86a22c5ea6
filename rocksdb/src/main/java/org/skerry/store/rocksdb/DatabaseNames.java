package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.skerry.store.Incarnation;

/**
 * Which databases there are: under each name stands the number that all its keys begin with, and
 * its incarnation. A number is never given twice. Any thread may ask; one at a time changes them.
 */
final class DatabaseNames {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What stands under a database's name. */
  record Entry(int number, String incarnation) {
    static Entry begin(int number) {
      return new Entry(number, Incarnation.begin(InstantSource.system(), RANDOM));
    }

    private byte[] encode() {
      return ByteBuffer.allocate(Keys.PREFIX + 16)
          .putInt(number)
          .put(HexFormat.of().parseHex(incarnation))
          .array();
    }

    private static Entry decode(byte[] record) {
      return Records.read(
          "a database's name",
          record,
          in -> {
            int number = in.getInt();
            byte[] life = new byte[16];
            in.get(life);
            return new Entry(number, HexFormat.of().formatHex(life));
          });
    }
  }

  private final Tables tables;
  private final GroupWriter writer;
  private final ConcurrentSkipListMap<String, Entry> entries =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(
              name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));

  private int nextNumber;

  /** As they stand on the disk. */
  DatabaseNames(Tables tables, GroupWriter writer) {
    this.tables = tables;
    this.writer = writer;
    read();
  }

  /** Reads all of them again. */
  void read() {
    nextNumber =
        tables
            .get(Family.META, tables.latest(), Keys.meta(Keys.NODE, Keys.Kind.NEXT_NUMBER))
            .map(record -> ByteBuffer.wrap(record).getInt())
            .orElse(Keys.FIRST_DATABASE);
    byte[] prefix = Keys.meta(Keys.NODE, Keys.Kind.NAME);
    Map<String, Entry> found = new HashMap<>();
    try (Cursor cursor = tables.cursor(Family.META, tables.latest())) {
      for (cursor.seek(prefix); cursor.within(prefix); cursor.next()) {
        String name = new String(Keys.rest(cursor.key()), StandardCharsets.UTF_8);
        found.put(name, Entry.decode(cursor.value()));
      }
    }
    entries.clear();
    entries.putAll(found);
  }

  /** All names, in the order of their bytes. */
  List<String> all() {
    return List.copyOf(entries.keySet());
  }

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** Gives a name that is free to a new database; durable on return. */
  Entry create(String name) {
    Entry entry = Entry.begin(nextNumber);
    nextNumber++;
    writer.write(
        group -> {
          put(group, name, entry);
          group.put(
              Family.META,
              Keys.meta(Keys.NODE, Keys.Kind.NEXT_NUMBER),
              Keys.database(entry.number() + 1));
          return true;
        });
    entries.put(name, entry);
    return entry;
  }

  /** Drops a database with all that is in it; durable on return. */
  void drop(String name, Shelf shelf) {
    writer.write(
        group -> {
          group.delete(Family.META, key(name));
          group.drop(shelf);
          return true;
        });
    entries.remove(name);
  }

  /** Puts another incarnation under each name: to be read again before it is asked for. */
  void putOtherLives(Group group) {
    entries.forEach((name, entry) -> put(group, name, Entry.begin(entry.number())));
  }

  private static void put(Group group, String name, Entry entry) {
    group.put(Family.META, key(name), entry.encode());
  }

  private static byte[] key(String name) {
    return Keys.meta(Keys.NODE, Keys.Kind.NAME, name);
  }
}
