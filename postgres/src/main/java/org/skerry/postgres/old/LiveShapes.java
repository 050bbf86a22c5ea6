package org.skerry.postgres.old;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Shape;
import org.skerry.postgres.schema.Shapes;

/**
 * What the application's tables are made of, asked of its PostgreSQL and kept for some minutes. Any
 * thread.
 */
final class LiveShapes {
  /** An application's update changes its tables about that soon after its restart. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

  LiveShapes(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String url, String schema, String table) {}

  private record Kept(Shape shape, Instant until) {}

  Shape of(Satellite satellite, Table table) {
    Key key = new Key(satellite.access().url(), satellite.mapping().schema(), table.name());
    Kept known = kept.get(key);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.shape();
    }
    try (Connection connection = satellite.access().open()) {
      Shape shape = Shapes.read(connection, satellite.mapping().schema(), table.name());
      if (shape.types().isEmpty()) {
        throw new BadCallException("the application has no table " + table.name());
      }
      kept.put(key, new Kept(shape, clock.instant().plus(KEPT)));
      return shape;
    } catch (SQLException e) {
      throw new BadCallException("the application's PostgreSQL does not answer");
    }
  }
}
