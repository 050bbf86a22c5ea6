package org.skerry.atom;

import java.util.List;
import java.util.function.BiPredicate;
import org.skerry.database.Database;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.UserContext;

/** Feeds through HTTP. */
public final class FeedRoutes {
  private FeedRoutes() {}

  /**
   * The routes.
   *
   * @param readsAll whether somebody may read all of a database: a feed tells of all of it
   */
  public static List<Route> of(Feeds feeds, BiPredicate<UserContext, Database> readsAll) {
    return List.of(
        new Route(Method.GET, "/ws/atomfeed/{category}/{page}", new ReadFeed(feeds, readsAll)));
  }

  /**
   * Whether a request is a feed's, which decides itself about its readers: they may come without a
   * name.
   *
   * @param segments of the path
   */
  public static boolean isFeed(String method, List<String> segments) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return reads
        && segments.size() == 4
        && segments.get(0).equals("ws")
        && segments.get(1).equals("atomfeed");
  }
}
