package org.skerry.http.couch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Databases;
import org.skerry.design.Designs;
import org.skerry.design.FunctionFilters;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.admin.AdminRoutes;
import org.skerry.http.couch.admin.Administration;
import org.skerry.http.couch.admin.NotedRoutes;
import org.skerry.http.couch.conflict.ConflictRoutes;
import org.skerry.http.couch.design.DesignRoutes;
import org.skerry.http.couch.document.DocumentRoutes;
import org.skerry.http.couch.mango.FindDocuments;
import org.skerry.http.couch.mango.MangoRoutes;
import org.skerry.http.couch.nouveau.NouveauRoutes;
import org.skerry.http.couch.schedule.ScheduleRoutes;
import org.skerry.http.couch.stats.StatsRoutes;
import org.skerry.http.couch.subset.SubsetRoutes;
import org.skerry.http.couch.subset.VerifyRoutes;
import org.skerry.http.couch.upkeep.UpkeepRoutes;
import org.skerry.http.couch.view.ViewRoutes;
import org.skerry.index.Indexes;
import org.skerry.mango.Mango;
import org.skerry.replication.Replicator;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.site.SiteCheck;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.search.FullText;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;
import org.skerry.view.Views;

/** The whole CouchDB API of one node. */
public final class CouchApi {
  private CouchContext context;
  private final Optional<Replicator> replicator;
  private final Optional<Schedule> schedule;
  private final Compactions compactions;
  private Upkeep upkeep = Upkeep.plain();
  private Optional<Designs> designs = Optional.empty();
  private Optional<Views> views = Optional.empty();
  private Optional<Conflicts> conflicts = Optional.empty();
  private Optional<SubsetKeeper> keeper = Optional.empty();
  private Optional<Subsetting> subsets = Optional.empty();
  private Optional<SiteCheck> check = Optional.empty();

  /** The API over a node's databases, for a node that replicates nothing by itself. */
  public CouchApi(Databases databases, CouchSettings settings) {
    this.context = new CouchContext(databases, settings, unaudited(databases));
    this.replicator = Optional.empty();
    this.schedule = Optional.empty();
    this.compactions = new Compactions(context.tasks());
  }

  /** The API over a node's databases and its replications, which stay the caller's to end. */
  public CouchApi(
      Databases databases, CouchSettings settings, Replicator replicator, Schedule schedule) {
    this(databases, settings, replicator, Optional.of(schedule), unaudited(databases));
  }

  /** The API with what it takes to administer the node through it, and without a schedule. */
  public CouchApi(
      Databases databases,
      CouchSettings settings,
      Replicator replicator,
      Administration administration) {
    this(databases, settings, replicator, Optional.empty(), administration);
  }

  /** The API with what it takes to administer the node through it. */
  public CouchApi(
      Databases databases,
      CouchSettings settings,
      Replicator replicator,
      Schedule schedule,
      Administration administration) {
    this(databases, settings, replicator, Optional.of(schedule), administration);
  }

  private CouchApi(
      Databases databases,
      CouchSettings settings,
      Replicator replicator,
      Optional<Schedule> schedule,
      Administration administration) {
    this.context = new CouchContext(databases, settings, administration);
    this.replicator = Optional.of(replicator);
    this.schedule = schedule;
    this.compactions = new Compactions(context.tasks());
  }

  /** Tells of that node from now on; to be called before {@link #routes}. */
  public CouchApi tellingOf(Upkeep node) {
    upkeep = node;
    return this;
  }

  /** Runs functions of those design documents; to be called before {@link #routes}. */
  public CouchApi running(Designs functions) {
    designs = Optional.of(functions);
    return this;
  }

  /** Without a node that says otherwise, functions are run within the usual limits. */
  private Designs designs() {
    return designs.orElseGet(
        () -> Designs.guarding(context.databases(), new Scripts(ScriptLimits.DEFAULT)));
  }

  /**
   * Compacts databases by itself until it is closed.
   *
   * @param pause between two looks
   */
  public AutoCloseable compactingByItself(CompactionRule rule, Duration pause) {
    CompactionDaemon daemon = new CompactionDaemon(context.databases(), compactions, rule, pause);
    daemon.start();
    return daemon;
  }

  private static Administration unaudited(Databases databases) {
    return Administration.unaudited(databases.store().properties());
  }

  /** Offers full-text search as well; it stays the caller's to close. */
  public CouchApi with(FullText fullText) {
    context = context.with(fullText);
    return this;
  }

  /** Shows sites their subsets; to be called before {@link #access} and {@link #routes}. */
  public CouchApi with(Subsetting sites, SubsetKeeper kept) {
    context = context.with(sites);
    subsets = Optional.of(sites);
    keeper = Optional.of(kept);
    context.tasks().from(() -> SubsetTasks.of(kept));
    return this;
  }

  /** Tells whether databases hold what their centres say; to be called before {@link #routes}. */
  public CouchApi with(SiteCheck ofCentres) {
    check = Optional.of(ofCentres);
    return this;
  }

  /** Keeps views there, and not in memory; they stay the caller's to close. */
  public CouchApi with(Views kept) {
    views = Optional.of(kept);
    return this;
  }

  /** Offers the work-list of conflicts, and settling them; it stays the caller's to close. */
  public CouchApi with(Conflicts listed) {
    conflicts = Optional.of(listed);
    return this;
  }

  private static Views inMemory() {
    Scripts scripts = new Scripts(ScriptLimits.DEFAULT);
    return new Views(new Indexes(new MemoryOrderedStore(), scripts.threads()), scripts);
  }

  /** Who may use what, for APIs beside this one. */
  public AccessControl access() {
    return context.access();
  }

  /** Whose turn it is to read much. */
  LargeReads largeReads() {
    return context.largeReads();
  }

  /** All routes, with the rights that they need. */
  public List<Route> routes() {
    DatabaseInfo info = new DatabaseInfo(compactions);
    Designs functions = designs();
    Views offered = views.orElseGet(CouchApi::inMemory);
    context.tasks().from(() -> BuildTasks.of(offered.indexes()));
    context.fullText().ifPresent(search -> context.tasks().from(() -> SearchTasks.of(search)));
    FunctionRequests requests = new FunctionRequests(info, context.uuids());
    List<Route> routes = new ArrayList<>();
    routes.addAll(ServerRoutes.of(context, replicator, schedule, info, upkeep.state()));
    routes.addAll(
        DatabaseRoutes.of(
            context,
            compactions,
            info,
            new ChangesFilters(new FunctionFilters(functions), requests)));
    routes.addAll(
        DesignRoutes.of(
            context.access()::member,
            context.settings(),
            context.administration(),
            functions,
            requests));
    Mango mango = new Mango(offered.indexes());
    FindDocuments find = new FindDocuments(mango, context.largeReads());
    routes.addAll(
        MangoRoutes.of(context.access()::member, context.access()::databaseAdmin, mango, find));
    routes.addAll(
        ViewRoutes.of(
            context.access()::member,
            context.access()::databaseAdmin,
            offered,
            context.largeReads()));
    routes.addAll(
        DocumentRoutes.of(
            context.access(), context.settings(), context.administration(), context.largeReads()));
    routes.addAll(AdminRoutes.of(context.access()::serverAdmin, context.administration()));
    routes.addAll(
        UpkeepRoutes.of(
            context.access()::member,
            context.access()::memberOfAll,
            context.access()::databaseAdmin));
    routes.addAll(
        StatsRoutes.of(
            context.access()::serverAdmin,
            Set.of("_local", Membership.NODE),
            upkeep.stats(),
            upkeep.versions()));
    addOptional(routes);
    addSubsets(routes, find, offered.indexes());
    addVerification(routes, offered.indexes());
    return NotedRoutes.of(routes, context.administration());
  }

  private void addSubsets(List<Route> routes, FindDocuments find, Indexes indexes) {
    if (keeper.isPresent() && subsets.isPresent()) {
      routes.addAll(
          SubsetRoutes.of(
              context.access(),
              context.administration(),
              context.databases(),
              subsets.get(),
              keeper.get(),
              find,
              indexes));
    }
  }

  private void addVerification(List<Route> routes, Indexes indexes) {
    check.ifPresent(
        known ->
            routes.addAll(
                VerifyRoutes.of(
                    context.access()::serverAdmin,
                    known,
                    context.databases(),
                    indexes,
                    context.administration())));
  }

  /** What a node may have been made without. */
  private void addOptional(List<Route> routes) {
    conflicts.ifPresent(
        listed ->
            routes.addAll(
                ConflictRoutes.of(
                    context.access()::memberOfAll,
                    context.access()::databaseAdmin,
                    listed,
                    context.administration())));
    schedule.ifPresent(
        jobs ->
            routes.addAll(
                ScheduleRoutes.of(
                    context.access()::serverAdmin,
                    context.databases(),
                    jobs,
                    Membership.NODE,
                    context.administration())));
    context
        .fullText()
        .ifPresent(
            search ->
                routes.addAll(
                    NouveauRoutes.of(
                        search,
                        context.access()::signedIn,
                        context.access()::member,
                        context.access()::databaseAdmin)));
    upkeep
        .checkpoints()
        .ifPresent(
            folder ->
                routes.addAll(
                    UpkeepRoutes.ofNode(
                        context.access()::serverAdmin,
                        context.databases().store(),
                        folder,
                        context.administration())));
  }
}
