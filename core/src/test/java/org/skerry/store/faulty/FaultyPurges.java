package org.skerry.store.faulty;

import java.util.List;
import java.util.function.Supplier;
import org.skerry.store.PurgeLog;
import org.skerry.store.faulty.FaultPlan.Operation;

/** A purge log that fails by plan. */
final class FaultyPurges implements PurgeLog {
  private final FaultyProcess process;
  private final String database;
  private final PurgeLog purges;

  FaultyPurges(FaultyProcess process, String database, PurgeLog purges) {
    this.process = process;
    this.database = database;
    this.purges = purges;
  }

  private <T> T reading(Supplier<T> action) {
    return process.read(Operation.READ, database, action);
  }

  @Override
  public long last() {
    return reading(purges::last);
  }

  @Override
  public long remembered() {
    return reading(purges::remembered);
  }

  @Override
  public List<Purge> read(long since, int limit) {
    return reading(() -> purges.read(since, limit));
  }

  @Override
  public int limit() {
    return process.read(Operation.SETTINGS, database, purges::limit);
  }

  @Override
  public void limit(int limit) {
    process.write(
        Operation.SETTINGS,
        database,
        () -> {
          purges.limit(limit);
          return true;
        });
  }
}
