package org.skerry.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Settings in memory. */
final class MemoryProperties implements Properties {
  private final MemoryLife life;
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();

  MemoryProperties(MemoryLife life) {
    this.life = life;
  }

  @Override
  public Optional<byte[]> get(String name) {
    life.check();
    return Optional.ofNullable(values.get(name)).map(byte[]::clone);
  }

  @Override
  public void put(String name, byte[] value) {
    life.check();
    values.put(name, value.clone());
  }
}
