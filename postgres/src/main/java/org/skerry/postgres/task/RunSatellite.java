package org.skerry.postgres.task;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.postgres.task.Runner.Direction;

/**
 * {@code POST /_postgres/_status/{satellite}/run}: has it run as soon as it can, both directions or
 * the one that {@code task} names. With {@code wait}, so many seconds at most, the answer comes
 * when that is done, and tells how the satellite stands.
 */
final class RunSatellite implements Endpoint {
  private static final long MOST_SECONDS = 600;

  private final Satellites satellites;

  RunSatellite(Satellites satellites) {
    this.satellites = satellites;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Runner runner = SatelliteRoutes.runner(satellites, exchange);
    List<Direction> directions = directions(exchange.query().text("task").orElse("all"));
    long seconds = exchange.query().number("wait").orElse(0L);
    if (seconds <= 0) {
      directions.forEach(runner::ask);
      exchange.answer(
          SatelliteRoutes.answer(
              202,
              out -> {
                out.writeStartObject();
                out.writeBooleanProperty("ok", true);
                out.writeEndObject();
              }));
      return;
    }
    boolean done = run(runner, directions, Duration.ofSeconds(Math.min(seconds, MOST_SECONDS)));
    exchange.answer(
        SatelliteRoutes.answer(done ? 200 : 202, out -> SatelliteJson.write(out, runner)));
  }

  private static boolean run(Runner runner, List<Direction> directions, Duration most)
      throws InterruptedIOException {
    boolean done = true;
    try {
      for (Direction direction : directions) {
        done &= runner.run(direction, most);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node ends");
    }
    return done;
  }

  private static List<Direction> directions(String task) {
    return switch (task) {
      case "push" -> List.of(Direction.PUSH);
      case "pull" -> List.of(Direction.PULL);
      case "all" -> List.of(Direction.PUSH, Direction.PULL);
      default ->
          throw HttpProblem.badRequest("query_parse_error", "`task` must be push, pull or all");
    };
  }
}
