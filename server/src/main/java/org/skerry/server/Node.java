package org.skerry.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.skerry.config.InvalidConfigException;
import org.skerry.database.Databases;
import org.skerry.design.Designs;
import org.skerry.design.FunctionFilters;
import org.skerry.fhir.FhirApi;
import org.skerry.fhir.FhirSurroundings;
import org.skerry.fulltext.FullTextSettings;
import org.skerry.fulltext.LuceneFullText;
import org.skerry.fulltext.ScriptFunctions;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router.Route;
import org.skerry.http.console.ConsoleRoutes;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.http.couch.NodeIdentity;
import org.skerry.postgres.old.OldProtocol;
import org.skerry.replication.Peers;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.LocalPeer;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.schedule.StoredRefusals;
import org.skerry.replication.site.SiteCheck;
import org.skerry.script.Scripts;
import org.skerry.server.backup.Backup;
import org.skerry.server.settings.Settings;
import org.skerry.server.settings.SettingsSource;
import org.skerry.store.Store;
import org.skerry.store.rocksdb.RocksOptions;
import org.skerry.store.rocksdb.RocksStore;
import org.skerry.subset.Sites;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;

/**
 * One running node: a store, its databases, and the HTTP server over them. Several may run in one
 * process, each with its own folder and port.
 */
public final class Node implements AutoCloseable {
  private final Store store;
  private final Databases databases;
  private final Subsetting subsets;
  private final SubsetKeeper keeper;
  private final Scripts scripts;
  private final LuceneFullText fullText;
  private final Designs designs;
  private final Peers peers;
  private final Replicator replicator;
  private final Schedule schedule;
  private final NodeUpkeep upkeep;
  private final HttpServer server;
  private final NodeAccess access;
  private final NodeIndexes indexes;
  private final NodeExchange exchange;
  private final NodeSatellites satellites;
  private final CertificateWatch certificates;

  /** Made by {@link #listen}, before anybody can ask for it. */
  private @Nullable FhirApi fhir;

  private Node(
      Settings settings,
      SettingsSource source,
      List<Route> more,
      Consumer<String> madePassword,
      Store store)
      throws IOException {
    this.store = store;
    this.databases = new Databases(store);
    Sites sites = new Sites(databases);
    this.subsets = new Subsetting(databases, sites);
    this.keeper = new SubsetKeeper(databases, subsets);
    this.scripts = new Scripts(settings.script());
    this.fullText = fullText(settings, databases, scripts);
    this.designs = Designs.guarding(databases, scripts);
    this.access = NodeAccess.open(settings, databases, madePassword);
    this.indexes = new NodeIndexes(settings.data(), databases, scripts, access.audit());
    this.exchange =
        new NodeExchange(
            databases, access.configuration().couchSettings()::documents, indexes.conflicts());
    this.satellites = new NodeSatellites(databases, store.capabilities(), subsets, keeper);
    String identity = NodeIdentity.of(store.properties());
    this.peers = peers(identity);
    StoredRefusals refusals = new StoredRefusals(databases, InstantSource.system());
    databases.onDrop((database, incarnation) -> refusals.dropped(database));
    this.replicator = new Replicator(identity, peers, Surroundings.system(), refusals);
    this.schedule =
        new Schedule(
            databases, replicator, access.configuration().scheduler(), Surroundings.system());
    access.configuration().onSchedulerChange(schedule.scheduler()::settings);
    this.upkeep =
        new NodeUpkeep(settings.upkeep(), settings.data(), access.configuration()::maintenance);
    Backup.removeLeftOver(upkeep.checkpoints());
    this.certificates =
        new CertificateWatch(
            settings.tls().map(HttpSettings.Tls::files).orElse(List.of()),
            this::reloadCertificates,
            access.audit());
    try {
      this.server = listen(settings, source, more);
    } catch (IOException | RuntimeException e) {
      upkeep.close();
      schedule.close();
      replicator.close();
      peers.close();
      fullText.close();
      indexes.close();
      keeper.close();
      databases.close();
      scripts.close();
      access.close();
      throw e;
    }
    upkeep.watch(server);
    certificates.start();
    // Last: a replication may have an end at this node's own address.
    schedule.start();
    exchange.start();
    satellites.start();
    if (fhir != null) {
      fhir.start();
    }
  }

  /**
   * Opens the data folder, which is made when there is none, and begins to listen.
   *
   * @throws IOException when the address cannot be had
   * @throws org.skerry.store.StoreException when the folder cannot be used; it says why and what to
   *     do
   */
  public static Node start(Settings settings) throws IOException {
    return start(settings, () -> settings);
  }

  /**
   * As {@link #start(Settings)}, with settings that an administrator can have read again.
   *
   * @throws IOException when the address cannot be had
   */
  public static Node start(Settings settings, SettingsSource source) throws IOException {
    return start(settings, source, List.of(), password -> {});
  }

  /**
   * As {@link #start(Settings, SettingsSource)}, and it answers to more than a node does.
   *
   * @param more what an ordinary node does not have
   * @param madePassword is told of the administrator's password where this start makes it, also of
   *     one that fails behind that
   * @throws IOException when the address cannot be had
   */
  public static Node start(
      Settings settings, SettingsSource source, List<Route> more, Consumer<String> madePassword)
      throws IOException {
    Store store =
        RocksStore.open(
            settings.data(), RocksOptions.DEFAULT.withFreeBytes(settings.upkeep().freeBytes()));
    try {
      return new Node(settings, source, more, madePassword, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Whom replications may speak with; those of this node are its databases. */
  private Peers peers(String identity) {
    return new Peers(
        here ->
            new LocalPeer(
                databases,
                here,
                identity,
                access.configuration().localLimits(),
                new FunctionFilters(designs),
                whole -> subsets.seen(whole, here.author()),
                access.audit()));
  }

  private HttpServer listen(Settings settings, SettingsSource source, List<Route> more)
      throws IOException {
    access.configuration().tellScriptLimits(settings.script(), scripts::limits);
    CouchApi api =
        new CouchApi(
                databases,
                access.configuration().couchSettings(),
                replicator,
                schedule,
                access.administration(source, this::takeCertificates))
            .running(designs)
            .with(subsets, keeper)
            .with(new SiteCheck(schedule::wanted, peers, replicator))
            .with(fullText);
    indexes.serve(api);
    upkeep.begin(api, databases, replicator);
    satellites.count(upkeep.stats());
    List<Route> routes = new ArrayList<>(access.signIn().routes());
    routes.addAll(api.routes());
    routes.addAll(indexes.feeds(api.access()));
    routes.addAll(exchange.routes());
    routes.addAll(OldProtocol.routes(databases, api.access()::member, InstantSource.system()));
    routes.addAll(satellites.routes());
    routes.addAll(ConsoleRoutes.ofClassPath());
    FhirApi resources = fhir(api, settings.data());
    routes.addAll(resources.routes());
    fhir = resources;
    routes.addAll(more);
    return HttpServer.start(
        httpSettings(settings),
        access.configuration().httpPolicy(),
        exchange.serve(new PatternRouter(routes, FhirApi.problems())),
        access.signIn().authenticator());
  }

  private FhirApi fhir(CouchApi api, Path folder) {
    CouchSettings couch = access.configuration().couchSettings();
    return new FhirApi(
        new FhirSurroundings(
            databases,
            subsets::seen,
            indexes.indexes(),
            couch.version(),
            couch::documents,
            couch::maxAttachmentBytes,
            access.configuration().fhir(),
            NodeIdentity.of(store.properties()),
            Optional.of(folder.resolve("fhir"))),
        api.access()::member);
  }

  private static LuceneFullText fullText(Settings settings, Databases databases, Scripts scripts) {
    return new LuceneFullText(
        databases,
        settings.data().resolve("fulltext"),
        new ScriptFunctions(scripts),
        FullTextSettings.defaults(),
        scripts.threads());
  }

  private void reloadCertificates() throws IOException {
    server.reloadCertificates();
  }

  private void takeCertificates() {
    try {
      certificates.load();
    } catch (IOException e) {
      throw new InvalidConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static HttpSettings httpSettings(Settings settings) {
    HttpSettings.Limits limits =
        new HttpSettings.Limits(
            settings.limits().request(),
            settings.limits().held(),
            HttpSettings.Limits.DEFAULT.headerBytes(),
            Duration.ofSeconds(settings.limits().idleSeconds()));
    HttpSettings http =
        HttpSettings.defaults()
            .at(settings.bind(), settings.port())
            .withVersion(Version.text())
            .withLimits(limits)
            .withCorsOrigins(settings.corsOrigins());
    return settings.tls().map(http::withTls).orElse(http);
  }

  /** The databases, for programs that run a node of their own. */
  public Databases databases() {
    return databases;
  }

  /** Where clients on this machine reach it. */
  public String url() {
    return server.baseUrl();
  }

  /** The administrator's password, when this start made it; nobody can ask for it again. */
  public Optional<String> madePassword() {
    return access.administrator().made();
  }

  /**
   * Says so first ({@code _up}); then ends replications with a last checkpoint each and the feeds
   * of those who listen, lets requests under way end, and closes the store.
   */
  @Override
  public void close() {
    upkeep.announceEnd();
    upkeep.close();
    satellites.close();
    exchange.close();
    schedule.close();
    replicator.close();
    certificates.close();
    databases.close();
    server.close();
    if (fhir != null) {
      fhir.close();
    }
    peers.close();
    fullText.close();
    indexes.close();
    keeper.close();
    scripts.close();
    access.close();
    store.close();
  }
}
