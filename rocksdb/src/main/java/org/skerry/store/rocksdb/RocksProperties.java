package org.skerry.store.rocksdb;

import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.store.Properties;

/** Settings of a database, or of the node. */
final class RocksProperties implements Properties {
  private final Tables tables;
  private final GroupWriter writer;
  private final int number;
  private final Supplier<Gate.Pass> gate;

  RocksProperties(Tables tables, GroupWriter writer, int number, Supplier<Gate.Pass> gate) {
    this.tables = tables;
    this.writer = writer;
    this.number = number;
    this.gate = gate;
  }

  @Override
  public Optional<byte[]> get(String name) {
    try (var _ = gate.get()) {
      return tables.get(Family.META, tables.latest(), key(name));
    }
  }

  @Override
  public void put(String name, byte[] value) {
    byte[] copy = value.clone();
    try (var _ = gate.get()) {
      writer.write(
          group -> {
            group.put(Family.META, key(name), copy);
            return copy;
          });
    }
  }

  private byte[] key(String name) {
    return Keys.meta(number, Keys.Kind.PROPERTY, name);
  }
}
