package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments;

/**
 * Local documents: a record of version and body under the id. They change often and are few, so
 * their bodies are not packed.
 */
final class RocksLocalDocuments implements LocalDocuments {
  private static final int VERSION = 1;
  private static final byte[] NOTHING = {};

  private final Cabinet cabinet;
  private final Supplier<Gate.Pass> gate;

  RocksLocalDocuments(Cabinet cabinet, Supplier<Gate.Pass> gate) {
    this.cabinet = cabinet;
    this.gate = gate;
  }

  @Override
  public Optional<LocalDocument> get(DocId id) {
    try (var _ = gate.get()) {
      return find(id);
    }
  }

  private Optional<LocalDocument> find(DocId id) {
    Tables tables = cabinet.tables();
    return tables
        .get(Family.META, tables.latest(), key(id))
        .map(record -> decode(id, ByteBuffer.wrap(record)));
  }

  private static LocalDocument decode(DocId id, ByteBuffer record) {
    return Records.read(
        "local document " + id,
        record,
        in -> {
          long version = version(id, in);
          return new LocalDocument(id, version, Body.ofTrusted(Records.block(in)));
        });
  }

  @Override
  public List<Optional<Long>> write(List<LocalWrite> writes) {
    try (var _ = gate.get()) {
      return cabinet.writer().write(new WriteTurn(writes));
    }
  }

  /** The writes of one call, each decided against those before it. */
  private final class WriteTurn implements Turn<List<Optional<Long>>> {
    private final List<LocalWrite> writes;
    private final List<byte[]> records;

    /** Runs in the caller's thread, so that the writer has nothing to encode. */
    WriteTurn(List<LocalWrite> writes) {
      this.writes = List.copyOf(writes);
      this.records = writes.stream().map(RocksLocalDocuments::record).toList();
    }

    @Override
    public List<Optional<Long>> decide(Group group) {
      LocalDrafts drafts = group.on(cabinet.shelf()).locals();
      List<Optional<Long>> versions = new ArrayList<>(writes.size());
      for (int i = 0; i < records.size(); i++) {
        versions.add(decide(group, drafts, writes.get(i), records.get(i)));
      }
      return versions;
    }

    private Optional<Long> decide(
        Group group, LocalDrafts drafts, LocalWrite write, byte[] record) {
      DocId id = write.id();
      long stands = drafts.version(id, () -> version(id));
      if (stands != write.seen()) {
        return Optional.empty();
      }
      return switch (write) {
        case Put put -> {
          drafts.set(id, stands + 1);
          group.put(Family.META, key(id), record);
          yield Optional.of(stands + 1);
        }
        case Removal removal when stands == 0 -> Optional.empty();
        case Removal removal -> {
          drafts.set(id, 0);
          group.delete(Family.META, key(id));
          yield Optional.of(0L);
        }
      };
    }

    @Override
    public long weight() {
      return records.stream().mapToLong(record -> record.length).sum();
    }
  }

  /** Nothing of what is removed. */
  private static byte[] record(LocalWrite write) {
    return switch (write) {
      case Put(DocId id, long seen, Body body) ->
          new RecordWriter(body.json().length + 16)
              .put(VERSION)
              .number(seen + 1)
              .block(body.json())
              .toBytes();
      case Removal removal -> NOTHING;
    };
  }

  private long version(DocId id) {
    Tables tables = cabinet.tables();
    return tables
        .get(Family.META, tables.latest(), key(id))
        .map(record -> Records.read("local document " + id, record, in -> version(id, in)))
        .orElse(0L);
  }

  /** What stands in front of the content. */
  private static long version(DocId id, ByteBuffer in) {
    Records.expectVersion("local document " + id, in.get(), VERSION);
    return Records.number(in);
  }

  @Override
  public List<LocalDocument> list(Optional<DocId> after, int limit) {
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.LOCAL);
    List<LocalDocument> found = new ArrayList<>();
    try (var _ = gate.get();
        Cursor cursor = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      cursor.seek(after.map(this::key).orElse(prefix));
      while (found.size() < limit && cursor.within(prefix)) {
        DocId id = DocId.ofStored(Keys.rest(cursor.key()));
        if (!after.equals(Optional.of(id))) {
          found.add(decode(id, ByteBuffer.wrap(cursor.value())));
        }
        cursor.next();
      }
    }
    return found;
  }

  private byte[] key(DocId id) {
    return Keys.meta(cabinet.number(), Keys.Kind.LOCAL, id.utf8());
  }
}
