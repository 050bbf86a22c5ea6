package org.skerry.store.faulty;

import java.util.Optional;
import org.skerry.store.Properties;
import org.skerry.store.faulty.FaultPlan.Operation;

/** Settings that fail by plan. */
final class FaultyProperties implements Properties {
  private final FaultyProcess process;
  private final String database;
  private final Properties properties;

  FaultyProperties(FaultyProcess process, String database, Properties properties) {
    this.process = process;
    this.database = database;
    this.properties = properties;
  }

  @Override
  public Optional<byte[]> get(String name) {
    return process.read(Operation.SETTINGS, database, () -> properties.get(name));
  }

  @Override
  public void put(String name, byte[] value) {
    process.write(
        Operation.SETTINGS,
        database,
        () -> {
          properties.put(name, value);
          return true;
        });
  }
}
