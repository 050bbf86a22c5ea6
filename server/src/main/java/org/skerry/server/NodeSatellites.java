package org.skerry.server;

import java.time.InstantSource;
import java.util.List;
import org.skerry.database.Databases;
import org.skerry.http.Router.Route;
import org.skerry.postgres.apply.RpcDoor;
import org.skerry.postgres.task.SatelliteRoutes;
import org.skerry.postgres.task.Satellites;
import org.skerry.postgres.task.Surroundings;
import org.skerry.store.Capabilities;

/** A node's applications with a PostgreSQL of their own. */
final class NodeSatellites implements AutoCloseable {
  private final Satellites satellites;

  NodeSatellites(Databases databases, Capabilities store) {
    this.satellites =
        new Satellites(
            new Surroundings(
                databases, store.atomicBatches(), RpcDoor::of, InstantSource.system()));
  }

  List<Route> routes() {
    return SatelliteRoutes.of(satellites);
  }

  /** Begins, when the node can be reached. */
  void start() {
    satellites.start();
  }

  @Override
  public void close() {
    satellites.close();
  }
}
