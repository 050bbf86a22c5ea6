package org.skerry.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Databases;
import org.skerry.http.Router.Route;
import org.skerry.postgres.apply.RpcDoor;
import org.skerry.postgres.task.SatelliteRoutes;
import org.skerry.postgres.task.Satellites;
import org.skerry.postgres.task.Surroundings;
import org.skerry.store.Capabilities;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/** A node's applications with a PostgreSQL of their own. */
final class NodeSatellites implements AutoCloseable {
  private final Satellites satellites;

  NodeSatellites(
      Databases databases, Capabilities store, Subsetting subsets, SubsetKeeper keeper) {
    this.satellites =
        new Satellites(
            new Surroundings(
                databases,
                store.atomicBatches(),
                RpcDoor::of,
                (database, rules) -> {
                  subsets.begin();
                  database.scope(Optional.of(rules));
                  keeper.rulesChanged(database);
                },
                InstantSource.system()));
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
