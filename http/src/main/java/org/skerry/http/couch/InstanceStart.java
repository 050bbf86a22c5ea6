package org.skerry.http.couch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.skerry.database.Database;
import org.skerry.store.Incarnation;

/**
 * CouchDB's {@code instance_start_time}: microseconds since 1970 at which this life of the database
 * began. Replicators compare it at every checkpoint, and so notice a database that was deleted and
 * created again, or restored. "0" says nothing, as CouchDB's did for years.
 */
final class InstanceStart {
  private InstanceStart() {}

  static String of(Database database) {
    return Incarnation.beginning(database.store().incarnation())
        .map(time -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time)))
        .orElse("0");
  }
}
