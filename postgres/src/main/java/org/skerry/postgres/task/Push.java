package org.skerry.postgres.task;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.skerry.postgres.Satellite;

/**
 * What the application did, on its way here. As things happen, capture runs all the time, and a run
 * waits until all that was done is here; on a schedule, capture runs for as long as a run takes.
 */
final class Push implements Task.Work {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Satellite satellite;
  private final CaptureKeeper keeper;

  Push(Satellite satellite, CaptureKeeper keeper) {
    this.satellite = satellite;
    this.keeper = keeper;
  }

  @Override
  public Optional<Duration> run() throws SQLException, InterruptedException {
    if (!satellite.mapping().pushed().isEmpty()) {
      keeper.acquire();
      try {
        keeper.hurry();
        keeper.catchUp(PATIENCE);
      } finally {
        keeper.release();
      }
    }
    return Optional.empty();
  }
}
