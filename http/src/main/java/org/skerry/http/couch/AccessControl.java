package org.skerry.http.couch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.UserContext;
import org.skerry.multipart.MultipartException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Who may use what: the one place where endpoints get their rights, and where what the engine
 * refuses becomes an {@link HttpProblem}. Reasons are CouchDB's ({@code couch_db}, {@code
 * couch_httpd}); 401 invites to sign in, 403 is for those who did. Two differences, because a node
 * is never open to strangers: they get 401 for a database whose members are nobody in particular,
 * and cannot find out which databases exist.
 */
public final class AccessControl {
  private static final String NOT_SERVER_ADMIN = "You are not a server admin.";
  private static final String NOT_DATABASE_ADMIN = "You are not a db or server admin.";
  private static final String STRANGER = "You are not authorized to access this db.";
  private static final String NO_MEMBER = "You are not allowed to access this db.";

  private final Databases databases;

  AccessControl(Databases databases) {
    this.databases = databases;
  }

  /** For everybody. */
  Endpoint everybody(Endpoint endpoint) {
    return exchange -> handle(endpoint, exchange);
  }

  /** For all who signed in. */
  Endpoint signedIn(Endpoint endpoint) {
    return exchange -> {
      if (!exchange.user().isSignedIn()) {
        throw HttpProblem.unauthorized("Authentication required.");
      }
      handle(endpoint, exchange);
    };
  }

  /** For server administrators. */
  Endpoint serverAdmin(Endpoint endpoint) {
    return exchange -> {
      checkServerAdmin(exchange.user());
      handle(endpoint, exchange);
    };
  }

  /** For those who may read and write the database. */
  Endpoint member(DatabaseEndpoint endpoint) {
    return everybody(
        exchange -> {
          Database database = find(exchange);
          checkMember(exchange.user(), database);
          endpoint.handle(exchange, database);
        });
  }

  /** For those who administer the database. */
  Endpoint databaseAdmin(DatabaseEndpoint endpoint) {
    return member(
        (exchange, database) -> {
          checkDatabaseAdmin(exchange.user(), database);
          endpoint.handle(exchange, database);
        });
  }

  /** Refuses all but server administrators. */
  static void checkServerAdmin(UserContext user) {
    if (!user.isServerAdmin()) {
      throw HttpProblem.unauthorized(NOT_SERVER_ADMIN);
    }
  }

  /** Refuses all but the database's administrators: for design documents and settings. */
  public static void checkDatabaseAdmin(UserContext user, Database database) {
    if (!isDatabaseAdmin(user, database)) {
      throw user.isSignedIn()
          ? HttpProblem.forbidden(NOT_DATABASE_ADMIN)
          : HttpProblem.unauthorized(NOT_DATABASE_ADMIN);
    }
  }

  /** Whether somebody may change design documents and settings. */
  static boolean isDatabaseAdmin(UserContext user, Database database) {
    return user.isServerAdmin()
        || user.isSignedIn() && database.security().isAdmin(name(user), user.roles());
  }

  private static void checkMember(UserContext user, Database database) {
    if (user.isServerAdmin()) {
      return;
    }
    if (!user.isSignedIn()) {
      throw HttpProblem.unauthorized(STRANGER);
    }
    if (!database.security().isMember(name(user), user.roles())) {
      throw HttpProblem.forbidden(NO_MEMBER);
    }
  }

  /** Who sent a request, as the engine knows authors. */
  public static Author author(Exchange exchange) {
    UserContext user = exchange.user();
    return new Author(user.name(), user.roles());
  }

  private static String name(UserContext user) {
    return user.name().orElse("");
  }

  /** A name that no database may have is one that none has, as in CouchDB. */
  private Database find(Exchange exchange) {
    UserContext user = exchange.user();
    if (!user.isSignedIn() && !user.isServerAdmin()) {
      throw HttpProblem.unauthorized(STRANGER);
    }
    Optional<Database> found;
    try {
      found = databases.find(exchange.variable("db"));
    } catch (InvalidDatabaseNameException e) {
      found = Optional.empty();
    }
    return found.orElseThrow(() -> HttpProblem.notFound("Database does not exist."));
  }

  private static void handle(Endpoint endpoint, Exchange exchange) throws IOException {
    try {
      endpoint.handle(exchange);
    } catch (HttpProblem e) {
      throw e;
    } catch (MultipartException e) {
      throw HttpProblem.badRequest("bad_request", String.valueOf(e.getMessage()));
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw CouchProblems.of(e).map(RuntimeException.class::cast).orElse(e);
    }
  }
}
