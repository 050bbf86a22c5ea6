package org.skerry.postgres.old;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ProposedRevision;
import org.skerry.database.WriteGuard;
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
    databases.guard(Ledger.DATABASE, new OfNode());
    return List.of(
        new Route(
            Method.POST,
            "/{db}/_synchronise/{satellite}",
            member.apply(new AnswerOldCall(databases, clock))));
  }

  /** What the node knows of satellites is not for others to say. */
  private record OfNode() implements WriteGuard {
    @Override
    public Verdict judge(Database database, ProposedRevision revision, Author author) {
      boolean node = author.name().isEmpty() && author.isServerAdmin();
      return node ? Verdict.PASS : Verdict.forbidden("This is written by the node alone.");
    }
  }
}
