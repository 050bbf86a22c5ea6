package org.skerry.http.couch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.UserContext;
import org.skerry.http.access.AccessSettings;
import org.skerry.http.access.StoredUsers;
import org.skerry.multipart.MultipartException;
import org.skerry.replication.schedule.Schedule;
import org.skerry.subset.Subsetting;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Who may use what: the one place where endpoints get their rights, and where what the engine
 * refuses becomes an {@link HttpProblem}. Reasons are CouchDB's ({@code couch_db}, {@code
 * couch_httpd}); 401 invites to sign in, 403 is for those who did. Two differences, as long as the
 * configuration wants a valid user, which it does unless an administrator decides otherwise:
 * strangers get 401 for a database whose members are nobody in particular, and cannot find out
 * which databases exist.
 */
public final class AccessControl {
  private static final String NOT_SERVER_ADMIN = "You are not a server admin.";
  private static final String NOT_DATABASE_ADMIN = "You are not a db or server admin.";
  private static final String STRANGER = "You are not authorized to access this db.";
  private static final String NO_MEMBER = "You are not allowed to access this db.";

  private final Databases databases;
  private final Supplier<AccessSettings> settings;
  private final Optional<Subsetting> subsets;

  AccessControl(Databases databases, Supplier<AccessSettings> settings) {
    this(databases, settings, Optional.empty());
  }

  /** Rights on a node with sites: each sees its subset of a database, and nothing else. */
  AccessControl(
      Databases databases, Supplier<AccessSettings> settings, Optional<Subsetting> subsets) {
    this.databases = databases;
    this.settings = settings;
    this.subsets = subsets;
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

  /**
   * For those who may read and write the database; where members may not see each other's
   * documents, for its administrators.
   */
  public Endpoint member(DatabaseEndpoint endpoint) {
    return everybody(
        exchange -> {
          Database database = find(exchange);
          checkMember(exchange.user(), database);
          if (Schedule.isReplicator(database.name())) {
            checkDatabaseAdmin(exchange.user(), database);
          }
          endpoint.handle(exchange, database);
        });
  }

  /** As {@link #member}, for what is answered for a whole database or not at all. */
  public Endpoint memberOfAll(DatabaseEndpoint endpoint) {
    return member(
        (exchange, database) -> {
          if (database.subset().isPresent()) {
            throw HttpProblem.forbidden(
                "A site has a part of this database; this is about all of it.");
          }
          endpoint.handle(exchange, database);
        });
  }

  /** For those who may write into the database; the answer shows nothing of what others wrote. */
  Endpoint contributor(DatabaseEndpoint endpoint) {
    return everybody(
        exchange -> {
          Database database = find(exchange);
          checkMember(exchange.user(), database);
          endpoint.handle(exchange, database);
        });
  }

  /**
   * For those who may read and write the database, and in that of the users for everybody: there
   * the endpoint itself lets users at their own documents.
   */
  public Endpoint documentMember(DatabaseEndpoint endpoint) {
    return everybody(
        exchange -> {
          Database database = find(exchange);
          if (!isOfUsers(database)) {
            checkMember(exchange.user(), database);
          }
          endpoint.handle(exchange, database);
        });
  }

  /** Whether a database holds the node's users. */
  public static boolean isOfUsers(Database database) {
    return database.name().equals(StoredUsers.DATABASE);
  }

  /** For those who administer the database. */
  public Endpoint databaseAdmin(DatabaseEndpoint endpoint) {
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
  public static boolean isDatabaseAdmin(UserContext user, Database database) {
    return user.isServerAdmin()
        || user.isSignedIn() && database.security().isAdmin(name(user), user.roles());
  }

  /**
   * Whether somebody may read all of a database: a member who is none of its sites. For what is
   * answered beside its documents.
   */
  public boolean readsAll(UserContext user, Database whole) {
    return user.isServerAdmin()
        || whole.security().isMember(name(user), user.roles())
            && seen(user, whole).subset().isEmpty();
  }

  /**
   * Users see of their database what single documents show them, whatever its rules are. A site
   * gets its part because it is a site: it need not be a member, who sees everything as soon as its
   * site is no more.
   */
  private void checkMember(UserContext user, Database database) {
    if (user.isServerAdmin() || database.subset().isPresent()) {
      return;
    }
    boolean member =
        isOfUsers(database)
            ? isDatabaseAdmin(user, database)
            : database.security().isMember(name(user), user.roles());
    if (!user.isSignedIn() && !(member && admitsStrangers())) {
      throw HttpProblem.unauthorized(STRANGER);
    }
    if (!member) {
      throw HttpProblem.forbidden(NO_MEMBER);
    }
  }

  private boolean admitsStrangers() {
    return !settings.get().requireValidUser();
  }

  /** Who sent a request, as the engine knows authors. */
  public static Author author(Exchange exchange) {
    UserContext user = exchange.user();
    return new Author(user.name(), user.roles());
  }

  private static String name(UserContext user) {
    return user.name().orElse("");
  }

  /** Whether a stranger may find out that the database exists. */
  private boolean isOpen(String database) {
    AccessSettings now = settings.get();
    return !now.requireValidUser()
        || now.selfRegistration() && database.equals(StoredUsers.DATABASE);
  }

  /** A name that no database may have is one that none has, as in CouchDB. */
  private Database find(Exchange exchange) {
    UserContext user = exchange.user();
    String name = exchange.variable("db");
    if (!user.isSignedIn() && !user.isServerAdmin() && !isOpen(name)) {
      throw HttpProblem.unauthorized(STRANGER);
    }
    Optional<Database> found;
    try {
      found = databases.find(name);
    } catch (InvalidDatabaseNameException e) {
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      throw HttpProblem.notFound("Database does not exist.");
    }
    return seen(user, found.get());
  }

  /** A database as the user sees it: the subset of a site, or all of it. */
  private Database seen(UserContext user, Database database) {
    return subsets.isPresent() && user.isSignedIn()
        ? subsets.get().seen(database, new Author(user.name(), user.roles()))
        : database;
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
