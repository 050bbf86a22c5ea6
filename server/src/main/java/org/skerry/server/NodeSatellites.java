package org.skerry.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.skerry.database.Databases;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.stats.Stats;
import org.skerry.postgres.apply.RpcDoor;
import org.skerry.postgres.task.Runner;
import org.skerry.postgres.task.SatelliteRoutes;
import org.skerry.postgres.task.Satellites;
import org.skerry.postgres.task.Surroundings;
import org.skerry.store.Capabilities;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/** A node's applications with a PostgreSQL of their own. */
final class NodeSatellites implements AutoCloseable {
  private final Satellites satellites;

  NodeSatellites(Databases databases, Capabilities store, Subsetting subsets, SubsetKeeper keeper) {
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

  /** Counts what they do, over all of them. */
  void count(Stats stats) {
    stats.gauge("postgres/satellites", "number of satellites", () -> satellites.runners().size());
    counter(stats, "transactions_captured", totals -> totals.figures().units());
    counter(stats, "rows_captured", totals -> totals.figures().rows());
    counter(stats, "documents_written", totals -> totals.figures().documents());
    counter(stats, "documents_refused", totals -> totals.figures().refused());
    counter(stats, "full_readings", totals -> totals.figures().loads());
    counter(stats, "rows_written", totals -> totals.rowsWritten());
    stats.gauge(
        "postgres/documents_waiting",
        "documents that wait to be rows of a satellite",
        () -> satellites.runners().stream().mapToLong(one -> one.totals().waiting()).sum());
    stats.gauge(
        "postgres/log_retained_bytes",
        "log that PostgreSQL keeps for the satellite for which it keeps most",
        () ->
            satellites.runners().stream()
                .mapToLong(one -> one.totals().retained())
                .max()
                .orElse(0));
    stats.gauge(
        "postgres/capture_lag_milliseconds",
        "from commit to document, of the satellite's last transaction for which it was longest",
        () ->
            satellites.runners().stream()
                .mapToLong(one -> one.totals().figures().lagMillis())
                .max()
                .orElse(0));
    stats.gauge(
        "postgres/alarms",
        "satellites that somebody has to look at",
        () -> satellites.runners().stream().filter(one -> one.totals().alarmed()).count());
  }

  private void counter(Stats stats, String name, ToLongFunction<Runner.Totals> figure) {
    stats.counter(
        "postgres/" + name,
        "satellites: " + name.replace('_', ' '),
        () -> satellites.runners().stream().map(Runner::totals).mapToLong(figure).sum());
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
