package org.skerry.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.skerry.atom.FeedRoutes;
import org.skerry.config.ConfigView;
import org.skerry.config.Configuration;
import org.skerry.document.DocumentLimits;
import org.skerry.fhir.FhirRules;
import org.skerry.fhir.FhirSettings;
import org.skerry.http.HttpPolicy;
import org.skerry.http.HttpSettings;
import org.skerry.http.access.AccessSettings;
import org.skerry.http.access.StoredUsers;
import org.skerry.http.access.UserDocuments;
import org.skerry.http.couch.CouchSettings;
import org.skerry.replication.peer.LocalLimits;
import org.skerry.replication.schedule.SchedulerSettings;
import org.skerry.script.ScriptLimits;
import org.skerry.server.settings.ConfigKeys;
import org.skerry.server.settings.Setting;
import org.skerry.server.settings.Settings;
import org.skerry.store.Properties;

/** What the parts of a node read from the configuration, each in its own form, as it is now. */
final class NodeConfiguration {
  private final Configuration configuration;
  private final Supplier<HttpSettings.Limits> limits;
  private final Supplier<DocumentLimits> documents;
  private final Supplier<Long> attachmentBytes;
  private final Supplier<Set<String>> origins;
  private final Supplier<AccessSettings> access;
  private final Supplier<SchedulerSettings> scheduler;
  private final Supplier<FhirSettings> fhir;

  private NodeConfiguration(Configuration configuration) {
    this.configuration = configuration;
    this.limits = configuration.derived(NodeConfiguration::limits);
    this.documents = configuration.derived(NodeConfiguration::documents);
    this.attachmentBytes =
        configuration.derived(view -> number(view, Setting.ATTACHMENT_BYTES, 0, Long.MAX_VALUE));
    this.origins = configuration.derived(NodeConfiguration::origins);
    this.access = configuration.derived(AccessSettings::of);
    this.scheduler = configuration.derived(NodeConfiguration::scheduler);
    this.fhir = configuration.derived(FhirSettings::of);
    configuration.onChange(
        view -> view.get(ConfigKeys.of(Setting.LOG_LEVEL)).ifPresent(Logging::start));
  }

  static NodeConfiguration open(Properties properties, Settings settings) {
    Configuration configuration =
        Configuration.open(properties, Map.of(), ConfigKeys.values(settings));
    configuration.add(new ConfigKeys.Rule());
    configuration.add(new FhirRules());
    return new NodeConfiguration(configuration);
  }

  Configuration configuration() {
    return configuration;
  }

  Supplier<AccessSettings> access() {
    return access;
  }

  Supplier<FhirSettings> fhir() {
    return fhir;
  }

  SchedulerSettings scheduler() {
    return scheduler.get();
  }

  /** Tells somebody how scheduled replications are to take turns, whenever that may be new. */
  void onSchedulerChange(Consumer<SchedulerSettings> listener) {
    configuration.onChange(view -> listener.accept(scheduler(view)));
  }

  /** Tells somebody now, and whenever that may be new, what functions may use. */
  void tellScriptLimits(ScriptLimits atStart, Consumer<ScriptLimits> listener) {
    listener.accept(scripts(configuration.view(), atStart));
    configuration.onChange(view -> listener.accept(scripts(view, atStart)));
  }

  private static ScriptLimits scripts(ConfigView view, ScriptLimits atStart) {
    long memory = number(view, Setting.SCRIPT_MEMORY, 0, Long.MAX_VALUE);
    return atStart
        .withTime(Duration.ofMillis(number(view, Setting.SCRIPT_MILLIS, 1, 86_400_000)))
        .withMemory(memory == 0 ? ScriptLimits.DEFAULT.memory() : memory)
        .withOutput(number(view, Setting.SCRIPT_OUTPUT, 1_024, Integer.MAX_VALUE))
        .withSource((int) number(view, Setting.SCRIPT_SOURCE, 1, 1 << 28));
  }

  private static SchedulerSettings scheduler(ConfigView view) {
    return new SchedulerSettings(
        (int) number(view, Setting.MAX_JOBS, 0, 100_000),
        Duration.ofMillis(number(view, Setting.JOB_INTERVAL, 1, Integer.MAX_VALUE)),
        (int) number(view, Setting.MAX_CHURN, 0, 100_000),
        (int) number(view, Setting.MAX_HISTORY, 2, 1_000),
        Duration.ofSeconds(number(view, Setting.HEALTH_THRESHOLD, 1, 86_400)));
  }

  private static HttpSettings.Limits limits(ConfigView view) {
    return new HttpSettings.Limits(
        number(view, Setting.REQUEST_BYTES, 1024, Long.MAX_VALUE),
        (int) number(view, Setting.HELD_BYTES, 1024, 1 << 30),
        HttpSettings.Limits.DEFAULT.headerBytes(),
        Duration.ofSeconds(number(view, Setting.IDLE_SECONDS, 1, 86_400)));
  }

  private static DocumentLimits documents(ConfigView view) {
    return new DocumentLimits(
        (int) number(view, Setting.DOCUMENT_BYTES, 2, Integer.MAX_VALUE - 8),
        (int) number(view, Setting.DOCUMENT_DEPTH, 1, 10_000));
  }

  /** CouchDB's word for no limit is taken for the greatest one. */
  private static long number(ConfigView view, Setting setting, long least, long most) {
    var key = ConfigKeys.of(setting);
    if (view.get(key).filter(text -> text.strip().equals(ConfigKeys.INFINITY)).isPresent()) {
      return most;
    }
    long otherwise = Long.parseLong(setting.byDefault());
    return Math.clamp(view.number(key.section(), key.name(), otherwise), least, most);
  }

  private static Set<String> origins(ConfigView view) {
    Set<String> origins = new TreeSet<>();
    boolean enabled =
        view.flag("chttpd", "enable_cors", false) || view.flag("httpd", "enable_cors", false);
    if (enabled) {
      for (String origin : view.get(ConfigKeys.of(Setting.CORS)).orElse("").split(",", -1)) {
        if (!origin.isBlank()) {
          origins.add(origin.strip());
        }
      }
    }
    return origins;
  }

  HttpPolicy httpPolicy() {
    return new HttpPolicy() {
      @Override
      public HttpSettings.Limits limits() {
        return limits.get();
      }

      @Override
      public Set<String> corsOrigins() {
        return origins.get();
      }

      @Override
      public boolean admitsStrangers(String method, List<String> segments) {
        AccessSettings now = access.get();
        return !now.requireValidUser()
            || now.selfRegistration() && registers(method, segments)
            || FeedRoutes.isFeed(method, segments);
      }
    };
  }

  private static boolean registers(String method, List<String> segments) {
    return method.equals("PUT")
        && segments.size() == 2
        && segments.getFirst().equals(StoredUsers.DATABASE)
        && UserDocuments.name(segments.getLast()).isPresent();
  }

  CouchSettings couchSettings() {
    return new CouchSettings() {
      @Override
      public String version() {
        return Version.text();
      }

      @Override
      public DocumentLimits documents() {
        return documents.get();
      }

      @Override
      public long maxAttachmentBytes() {
        return attachmentBytes.get();
      }
    };
  }

  /** What {@code _up} is to say instead of "ok", when an administrator sets the node aside. */
  Optional<String> maintenance() {
    return configuration.view().get("couchdb", "maintenance_mode");
  }

  LocalLimits localLimits() {
    return new LocalLimits(documents.get(), attachmentBytes.get());
  }
}
