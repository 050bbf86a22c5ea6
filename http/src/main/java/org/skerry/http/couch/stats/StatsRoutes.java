package org.skerry.http.couch.stats;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.skerry.http.Endpoint;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/** All of it is for server administrators. */
public final class StatsRoutes {
  private static final String NODE = "/_node/{node}/";

  private StatsRoutes() {}

  /**
   * The routes.
   *
   * @param forAdmins lets only server administrators pass
   * @param names how this node is called
   * @param versions what the node is made of, by part and member
   */
  public static List<Route> of(
      UnaryOperator<Endpoint> forAdmins,
      Set<String> names,
      Stats stats,
      Map<String, Map<String, String>> versions) {
    UnaryOperator<Endpoint> here = endpoint -> forAdmins.apply(here(names, endpoint));
    return List.of(
        new Route(Method.GET, NODE + "_stats", here.apply(ReadStats.whole(stats))),
        new Route(Method.GET, NODE + "_stats/{figure*}", here.apply(ReadStats.part(stats))),
        new Route(Method.GET, NODE + "_prometheus", here.apply(new ReadPrometheus(stats))),
        new Route(Method.GET, NODE + "_system", here.apply(new ReadSystem())),
        new Route(Method.GET, NODE + "_versions", here.apply(new ReadVersions(versions))));
  }

  private static Endpoint here(Set<String> names, Endpoint endpoint) {
    return exchange -> {
      String name = exchange.variable("node");
      if (!names.contains(name)) {
        throw HttpProblem.notFound("no such node: " + name);
      }
      endpoint.handle(exchange);
    };
  }
}
