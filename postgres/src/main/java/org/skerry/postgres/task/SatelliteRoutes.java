package org.skerry.postgres.task;

import java.util.List;
import java.util.function.Consumer;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** Satellites through HTTP, for server administrators. */
public final class SatelliteRoutes {
  private static final String STATUS = "/_postgres/_status";

  private SatelliteRoutes() {}

  /** The routes. */
  public static List<Route> of(Satellites satellites) {
    String one = STATUS + "/{satellite}";
    return List.of(
        new Route(Method.GET, STATUS, forAdmins(new ListSatellites(satellites))),
        new Route(Method.GET, one, forAdmins(new ReadSatellite(satellites))),
        new Route(Method.POST, one + "/run", forAdmins(new RunSatellite(satellites))),
        new Route(Method.GET, one + "/waiting", forAdmins(new ListWaiting(satellites))),
        new Route(Method.GET, one + "/refused", forAdmins(new ListRefused(satellites))),
        new Route(Method.POST, one + "/retry", forAdmins(new RetrySatellite(satellites))));
  }

  private static Endpoint forAdmins(Endpoint endpoint) {
    return exchange -> {
      if (!exchange.user().isServerAdmin()) {
        throw HttpProblem.unauthorized("You are not a server admin.");
      }
      endpoint.handle(exchange);
    };
  }

  static Runner runner(Satellites satellites, Exchange exchange) {
    return satellites
        .runner(exchange.variable("satellite"))
        .orElseThrow(() -> HttpProblem.notFound("There is no such satellite."));
  }

  static Answer answer(int status, Consumer<JsonGenerator> writer) {
    return Answer.json(status, JsonOut.bytes(writer));
  }
}
