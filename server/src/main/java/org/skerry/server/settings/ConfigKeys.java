package org.skerry.server.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.config.ConfigKey;
import org.skerry.config.ConfigRule;
import org.skerry.config.InvalidConfigException;

/** Under which section and key of CouchDB's configuration each setting stands. */
public final class ConfigKeys {
  /** CouchDB's word for no limit. */
  public static final String INFINITY = "infinity";

  private static final String CORS_SWITCH = "enable_cors";

  private ConfigKeys() {}

  /** CouchDB's key where it has one, else the setting's own. */
  public static ConfigKey of(Setting setting) {
    return switch (setting) {
      case DATA -> new ConfigKey("couchdb", "database_dir");
      case BIND -> new ConfigKey("chttpd", "bind_address");
      case PORT -> new ConfigKey("chttpd", "port");
      case CORS -> new ConfigKey("cors", "origins");
      case TLS_CERTIFICATES -> new ConfigKey("ssl", "cert_file");
      case TLS_KEY -> new ConfigKey("ssl", "key_file");
      case REQUEST_BYTES -> new ConfigKey("chttpd", "max_http_request_size");
      case DOCUMENT_BYTES -> new ConfigKey("couchdb", "max_document_size");
      case ATTACHMENT_BYTES -> new ConfigKey("couchdb", "max_attachment_size");
      case LOG_LEVEL -> new ConfigKey("log", "level");
      case SCRIPT_MILLIS -> new ConfigKey("couchdb", "os_process_timeout");
      default -> {
        int dot = setting.key().indexOf('.');
        yield new ConfigKey(setting.key().substring(0, dot), setting.key().substring(dot + 1));
      }
    };
  }

  /** Everything that the operator's settings say, as values of the configuration. */
  public static Map<ConfigKey, String> values(Settings settings) {
    Map<ConfigKey, String> values = new TreeMap<>();
    settings.values().forEach((setting, text) -> values.put(of(setting), text));
    boolean cors = !settings.corsOrigins().isEmpty();
    values.put(new ConfigKey("chttpd", CORS_SWITCH), Boolean.toString(cors));
    values.putAll(settings.config());
    return values;
  }

  /** What changes take effect without a restart; the others are the operator's. */
  private static boolean isLive(Setting setting) {
    return switch (setting) {
      case CORS, REQUEST_BYTES, HELD_BYTES, DOCUMENT_BYTES, DOCUMENT_DEPTH -> true;
      case ATTACHMENT_BYTES, LOG_LEVEL -> true;
      case MAX_JOBS, JOB_INTERVAL, MAX_CHURN, MAX_HISTORY, HEALTH_THRESHOLD -> true;
      case SCRIPT_MILLIS, SCRIPT_MEMORY, SCRIPT_OUTPUT, SCRIPT_SOURCE -> true;
      default -> false;
    };
  }

  /** Whether a setting stands under that key. */
  static boolean isSetting(ConfigKey key) {
    return setting(key).isPresent();
  }

  private static Optional<Setting> setting(ConfigKey key) {
    for (Setting setting : Setting.values()) {
      if (of(setting).equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** Changes of settings: those that need a restart are refused, others must have their form. */
  public static final class Rule implements ConfigRule {
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug");
    private static final Map<String, String> COUCHDB_LEVELS =
        Map.of("warning", "warn", "notice", "info", "critical", "error", "none", "error");

    @Override
    public String accept(ConfigKey key, String value) {
      if (key.name().equals(CORS_SWITCH) && !value.matches("true|false")) {
        throw new InvalidConfigException("The value of " + key + " must be true or false");
      }
      Optional<Setting> setting = setting(key);
      return setting.isPresent() ? accept(setting.get(), key, value.strip()) : value;
    }

    /** No places hold all replications back, as in CouchDB; of memory it means the usual. */
    private static boolean mayBeNone(Setting setting) {
      return setting == Setting.MAX_JOBS
          || setting == Setting.MAX_CHURN
          || setting == Setting.SCRIPT_MEMORY;
    }

    private static String accept(Setting setting, ConfigKey key, String value) {
      if (!isLive(setting)) {
        throw new InvalidConfigException(
            key
                + " takes effect when the node starts: set "
                + setting.key()
                + " in its file, or "
                + setting.variable()
                + " in its environment");
      }
      if (setting.kind() == Setting.Kind.NUMBER
          && !value.equals(INFINITY)
          && !(value.equals("0") && mayBeNone(setting))
          && !value.matches("[1-9][0-9]{0,17}")) {
        throw new InvalidConfigException(
            "The value of " + key + " must be a whole number from 1, or " + INFINITY);
      }
      if (setting == Setting.LOG_LEVEL) {
        String level = COUCHDB_LEVELS.getOrDefault(value, value);
        if (!LEVELS.contains(level)) {
          throw new InvalidConfigException("The level is one of error, warn, info, debug");
        }
        return level;
      }
      return value;
    }
  }
}
