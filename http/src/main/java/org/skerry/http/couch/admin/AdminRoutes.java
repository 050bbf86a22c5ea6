package org.skerry.http.couch.admin;

import java.util.List;
import java.util.function.UnaryOperator;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;

/** Everything here is for server administrators. */
public final class AdminRoutes {
  private static final String CONFIG = "/_node/{node}/_config";

  private AdminRoutes() {}

  /**
   * The routes.
   *
   * @param forAdmins lets only server administrators pass
   */
  public static List<Route> of(UnaryOperator<Endpoint> forAdmins, Administration administration) {
    NodeName name = new NodeName();
    UnaryOperator<Endpoint> here = endpoint -> forAdmins.apply(name.required(endpoint));
    ConfigValue value = new ConfigValue(administration);
    return List.of(
        new Route(Method.GET, "/_node/{node}", here.apply(name)),
        new Route(Method.GET, CONFIG, here.apply(new ReadConfig(administration.configuration()))),
        new Route(Method.POST, CONFIG + "/_reload", here.apply(new ReloadConfig(administration))),
        new Route(
            Method.GET,
            CONFIG + "/{section}",
            here.apply(new ReadConfigSection(administration.configuration()))),
        new Route(Method.GET, CONFIG + "/{section}/{key}", here.apply(value::read)),
        new Route(Method.PUT, CONFIG + "/{section}/{key}", here.apply(value::write)),
        new Route(Method.DELETE, CONFIG + "/{section}/{key}", here.apply(value::delete)),
        new Route(
            Method.GET, "/_node/{node}/_audit", here.apply(new ReadAudit(administration.trail()))));
  }
}
