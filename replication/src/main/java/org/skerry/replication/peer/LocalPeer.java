package org.skerry.replication.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.skerry.audit.AuditLog;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.InvalidSinceException;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.design.FunctionFilters;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptException;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.LocalDocuments;
import org.skerry.store.RevisionQuery;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.subset.Echo;
import org.skerry.store.subset.SubsetDocuments;

/**
 * A database of this node. It is found by its name at every step, so that one that was deleted and
 * created again is the new one. What is written is durable at once.
 */
public final class LocalPeer implements Peer {
  private static final String REV_PREFIX = "0-";

  private final Databases databases;
  private final Endpoint.Local end;
  private final String database;
  private final Author author;
  private final String node;
  private final LocalLimits limits;
  private final LocalFilters filters;

  /** The database as the author sees it. */
  private final UnaryOperator<Database> seen;

  private final AuditLog audit;

  /** Where this is a site of the other end. */
  private final Optional<GivingBack> givingBack;

  /**
   * A database, which need not exist yet.
   *
   * @param node the node's own id, which stays the same all its life
   */
  public LocalPeer(Databases databases, Endpoint.Local end, String node, LocalLimits limits) {
    this(
        databases,
        end,
        node,
        limits,
        new LocalFilters(Optional.empty(), end.author()),
        whole -> whole,
        AuditLog.NONE,
        Optional.empty());
  }

  /** The same for a node that runs filter functions. */
  public LocalPeer(
      Databases databases,
      Endpoint.Local end,
      String node,
      LocalLimits limits,
      FunctionFilters functions) {
    this(
        databases,
        end,
        node,
        limits,
        new LocalFilters(Optional.of(functions), end.author()),
        whole -> whole,
        AuditLog.NONE,
        Optional.empty());
  }

  /**
   * The same for a node with sites, which see their subsets, and for one that is a site itself.
   *
   * @param seen shows the database as the author sees it
   * @param audit hears what left this node
   */
  public LocalPeer(
      Databases databases,
      Endpoint.Local end,
      String node,
      LocalLimits limits,
      FunctionFilters functions,
      UnaryOperator<Database> seen,
      AuditLog audit) {
    this(
        databases,
        end,
        node,
        limits,
        new LocalFilters(Optional.of(functions), end.author()),
        seen,
        audit,
        Optional.empty());
  }

  /** The same for a node without filter functions. */
  public LocalPeer(
      Databases databases,
      Endpoint.Local end,
      String node,
      LocalLimits limits,
      UnaryOperator<Database> seen,
      AuditLog audit) {
    this(
        databases,
        end,
        node,
        limits,
        new LocalFilters(Optional.empty(), end.author()),
        seen,
        audit,
        Optional.empty());
  }

  private LocalPeer(
      Databases databases,
      Endpoint.Local end,
      String node,
      LocalLimits limits,
      LocalFilters filters,
      UnaryOperator<Database> seen,
      AuditLog audit,
      Optional<GivingBack> givingBack) {
    this.databases = databases;
    this.seen = seen;
    this.end = end;
    this.database = end.name();
    this.author = end.author();
    this.node = node;
    this.limits = limits;
    this.filters = filters;
    this.audit = audit;
    this.givingBack = givingBack;
  }

  @Override
  public Peer asSite(String site) {
    return new LocalPeer(
        databases,
        end,
        node,
        limits,
        filters,
        seen,
        audit,
        Optional.of(new GivingBack(site, audit)));
  }

  @Override
  public String name() {
    return database;
  }

  @Override
  public String identity() {
    return node + "/" + database;
  }

  private Database database() {
    return databases
        .find(database)
        .map(seen)
        .orElseThrow(
            () -> new PeerException(Kind.NO_DATABASE, "database " + database + " does not exist"));
  }

  /** Runs a step; what the store cannot do becomes the peer's failure. */
  private static <T> T step(Supplier<T> action) {
    try {
      return action.get();
    } catch (StoreException e) {
      throw failure(e);
    } catch (ScriptException e) {
      throw new PeerException(Kind.UNSUPPORTED, "a filter function failed: " + e.getMessage(), e);
    }
  }

  static PeerException failure(StoreException e) {
    Kind kind = e instanceof DatabaseGoneException ? Kind.NO_DATABASE : Kind.FAILING;
    return new PeerException(kind, String.valueOf(e.getMessage()), e);
  }

  @Override
  public Optional<PeerInfo> info() {
    return step(
        () ->
            databases
                .find(database)
                .map(seen)
                .map(
                    here -> {
                      DocumentStore store = here.store();
                      String seq = here.changes().tokens().format(store.now());
                      return new PeerInfo(
                          seq, store.incarnation(), here.subset().map(SubsetDocuments::site));
                    }));
  }

  @Override
  public boolean create() {
    try {
      return step(() -> databases.create(database).isPresent());
    } catch (InvalidDatabaseNameException e) {
      throw new PeerException(Kind.UNSUPPORTED, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Optional<String> filterSource(FilterName filter) {
    return step(
        () -> {
          List<Body> found = new ArrayList<>();
          database()
              .store()
              .load(
                  List.of(DocId.of("_design/" + filter.design())),
                  Fields.WINNER,
                  document -> {
                    if (!document.deleted()) {
                      found.add(document.revisions().getFirst().body());
                    }
                    return true;
                  });
          return found.stream()
              .findFirst()
              .flatMap(body -> FilterSource.of(body.json(), filter.function()));
        });
  }

  @Override
  public Optional<LocalRevision> checkpoint(String id) {
    return step(
        () ->
            databases
                .find(database)
                .map(seen)
                .flatMap(here -> here.store().local().get(localId(id)))
                .map(
                    found ->
                        new LocalRevision(
                            REV_PREFIX + found.version(),
                            found.body().json(),
                            // Whoever is here may as well ask for it.
                            Optional.empty())));
  }

  @Override
  public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
    long version =
        seen.map(rev -> Long.parseLong(rev, REV_PREFIX.length(), rev.length(), 10)).orElse(0L);
    return step(
        () ->
            local()
                .put(localId(id), version, Body.ofTrusted(json))
                .map(written -> REV_PREFIX + written));
  }

  private LocalDocuments local() {
    return database().store().local();
  }

  private static DocId localId(String id) {
    return DocId.of("_local/" + id);
  }

  @Override
  public ChangesPage changes(ChangesQuery query) {
    return step(() -> feed(query).read(query.limit()));
  }

  @Override
  public LiveChanges follow(ChangesQuery query) {
    return step(() -> feed(query));
  }

  /** As through HTTP: a site that has nothing yet gets the most urgent documents first. */
  private static Seq begin(Database here, ChangesQuery query, ChangeFilter filter) {
    Seq since = here.changes().tokens().parse(query.since());
    return since.equals(Seq.ZERO) && filter instanceof ChangeFilter.Everything
        ? here.subset().map(SubsetDocuments::beginning).orElse(since)
        : since;
  }

  private LocalChanges feed(ChangesQuery query) {
    try {
      Database here = database();
      ChangeFilter filter = filters.of(here, query.selection());
      return new LocalChanges(here.changes(), query, filter, begin(here, query, filter));
    } catch (InvalidSinceException e) {
      throw new PeerException(Kind.UNSUPPORTED, e.getMessage() + " Found: " + query.since(), e);
    }
  }

  @Override
  public List<MissingRevisions> missing(List<RevisionQuery> queries) {
    return step(
        () -> {
          List<MissingRevisions> found = new ArrayList<>();
          database()
              .store()
              .missing(
                  queries,
                  (id, revs, ancestors) -> missing(id, revs, ancestors).ifPresent(found::add));
          return found;
        });
  }

  /**
   * What is worth fetching. An echo of what is here tells nothing new; but to a site it may say
   * that what is here has to leave.
   */
  private Optional<MissingRevisions> missing(
      DocId id, List<RevId> revs, List<RevId> possibleAncestors) {
    List<RevId> news =
        revs.stream()
            .filter(
                rev ->
                    Echo.find(id, rev, possibleAncestors)
                        .filter(echo -> givingBack.isEmpty() || !echo.gone())
                        .isEmpty())
            .toList();
    return news.isEmpty()
        ? Optional.empty()
        : Optional.of(new MissingRevisions(id, news, possibleAncestors));
  }

  @Override
  public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
    step(
        () -> {
          new LocalReading(database().store(), sink).read(wanted);
          return true;
        });
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    return step(() -> new LocalWriting(database(), author, limits, givingBack).write(revisions));
  }

  @Override
  public Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    return step(
        () -> new LocalWriting(database(), author, limits, givingBack).write(revision, bytes));
  }

  @Override
  public String ensureFullCommit() {
    return step(() -> database().store().incarnation());
  }

  @Override
  public void close() {
    // The database belongs to the node.
  }
}
