package org.skerry.postgres.old;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.skerry.database.Databases;
import org.skerry.database.OnlyTheNode;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;

/** The old engine's protocol through HTTP, for whoever may read and write the database. */
public final class OldProtocol {
  private OldProtocol() {}

  /**
   * The routes.
   *
   * @param member gives an endpoint to members of a database, and to its sites their parts
   */
  public static List<Route> routes(
      Databases databases, Function<DatabaseEndpoint, Endpoint> member, InstantSource clock) {
    databases.guard(Ledger.DATABASE, new OnlyTheNode("This is written by the node alone."));
    return List.of(
        new Route(
            Method.POST,
            "/{db}/_synchronise/{satellite}",
            member.apply(new AnswerOldCall(databases, clock))));
  }
}
