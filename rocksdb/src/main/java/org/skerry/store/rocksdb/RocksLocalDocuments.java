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
          Records.expectVersion("local document " + id, in.get(), VERSION);
          long version = Records.number(in);
          return new LocalDocument(id, version, Body.ofTrusted(Records.block(in)));
        });
  }

  @Override
  public Optional<Long> put(DocId id, long seen, Body body) {
    byte[] json = body.json();
    byte[] record =
        new RecordWriter(json.length + 16).put(VERSION).number(seen + 1).block(json).toBytes();
    try (var _ = gate.get()) {
      return cabinet
          .writer()
          .write(
              group -> {
                LocalDrafts drafts = group.on(cabinet.shelf()).locals();
                if (drafts.version(id, () -> version(id)) != seen) {
                  return Optional.empty();
                }
                drafts.set(id, seen + 1);
                group.put(Family.META, key(id), record);
                return Optional.of(seen + 1);
              });
    }
  }

  @Override
  public boolean remove(DocId id, long seen) {
    try (var _ = gate.get()) {
      return cabinet
          .writer()
          .write(
              group -> {
                LocalDrafts drafts = group.on(cabinet.shelf()).locals();
                long version = drafts.version(id, () -> version(id));
                if (version == 0 || version != seen) {
                  return false;
                }
                drafts.set(id, 0);
                group.delete(Family.META, key(id));
                return true;
              });
    }
  }

  private long version(DocId id) {
    return find(id).map(LocalDocument::version).orElse(0L);
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
