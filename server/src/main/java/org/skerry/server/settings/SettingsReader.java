package org.skerry.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skerry.config.ConfigKey;
import org.skerry.config.InvalidConfigException;
import org.skerry.document.DocumentLimits;
import org.skerry.http.HttpSettings;
import org.skerry.http.access.AccessRules;
import org.skerry.http.access.AdminDirectory;
import org.skerry.http.access.PasswordHash;
import org.skerry.script.ScriptLimits;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * Reads settings: defaults, then the file, then the environment, then the command line; each
 * overrides what came before. Problems are gathered, not thrown one by one.
 */
public final class SettingsReader {
  /**
   * The administrator's password itself; not a {@link Setting}, since it has no place in a file.
   */
  public static final String PASSWORD_VARIABLE = "SKERRY_ADMIN_PASSWORD";

  private static final String CONFIG_PREFIX = "couchdb.";
  private static final AccessRules RULES = new AccessRules();
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");
  private static final List<String> FORMATS = List.of("text", "json");

  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<Setting, String> places = new EnumMap<>(Setting.class);
  private final Map<ConfigKey, String> config = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private SettingsReader() {
    for (Setting setting : Setting.values()) {
      values.put(setting, setting.byDefault());
      places.put(setting, "default");
    }
  }

  /**
   * Reads everything.
   *
   * @param file the TOML file, if there is one
   * @param environment the process's variables
   * @param flags what the command line says
   * @throws InvalidSettingsException with all problems
   */
  public static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<Setting, String> flags) {
    SettingsReader reader = new SettingsReader();
    file.ifPresent(reader::readFile);
    reader.readEnvironment(environment);
    flags.forEach((setting, value) -> reader.set(setting, value, "command line"));
    Settings settings = reader.settings(Optional.ofNullable(environment.get(PASSWORD_VARIABLE)));
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettingsException(reader.problems);
    }
    return settings;
  }

  private void readFile(Path file) {
    TomlParseResult toml;
    try {
      toml = Toml.parse(file);
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e);
      return;
    }
    toml.errors().forEach(error -> problems.add(file + ": " + error));
    for (String key : toml.dottedKeySet()) {
      TomlPosition position = toml.inputPositionOf(key);
      String place = file + (position == null ? "" : ":" + position.line());
      if (key.startsWith(CONFIG_PREFIX)) {
        config(key, toml, place);
        continue;
      }
      Setting.ofKey(key)
          .ifPresentOrElse(
              setting -> text(setting, Objects.requireNonNull(toml.get(key)), place),
              () -> problems.add(place + ": there is no setting " + key + "; " + known()));
    }
  }

  /** {@code [couchdb.SECTION]}: a value of the configuration, whatever it is. */
  private void config(String dotted, TomlParseResult toml, String place) {
    List<String> path = Toml.parseDottedKey(dotted);
    Object value = toml.get(path);
    boolean plain = value instanceof String || value instanceof Long || value instanceof Boolean;
    if (path.size() != 3 || !plain) {
      problems.add(place + ": " + dotted + " must be a text, number or boolean of a section");
      return;
    }
    ConfigKey key = new ConfigKey(path.get(1), path.get(2));
    String text = String.valueOf(value);
    if (ConfigKeys.isSetting(key)) {
      problems.add(place + ": " + dotted + " is a setting of its own; see the others in this file");
      return;
    }
    if (key.section().equals(AdminDirectory.SECTION) && PasswordHash.parse(text).isEmpty()) {
      problems.add(
          place
              + ": the password of an administrator is no text of this file; hashed as"
              + " -pbkdf2:sha256-KEY,SALT,ITERATIONS it may be");
      return;
    }
    try {
      config.put(key, RULES.accept(key, text));
    } catch (InvalidConfigException e) {
      problems.add(place + ": " + e.getMessage());
    }
  }

  private void text(Setting setting, Object value, String place) {
    boolean fits =
        switch (setting.kind()) {
          case TEXT -> value instanceof String;
          case NUMBER -> value instanceof Long;
          case TEXTS -> value instanceof TomlArray;
        };
    if (!fits) {
      problems.add(place + ": " + setting.key() + " must be a " + kindText(setting));
    } else if (value instanceof TomlArray array) {
      set(setting, String.join(",", array.toList().stream().map(String::valueOf).toList()), place);
    } else {
      set(setting, value.toString(), place);
    }
  }

  private static String kindText(Setting setting) {
    return switch (setting.kind()) {
      case TEXT -> "text in quotes";
      case NUMBER -> "whole number";
      case TEXTS -> "list of texts";
    };
  }

  private static String known() {
    Set<String> keys = new TreeSet<>();
    for (Setting setting : Setting.values()) {
      keys.add(setting.key());
    }
    return "known are " + String.join(", ", keys);
  }

  private void readEnvironment(Map<String, String> environment) {
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.variable());
      if (value != null) {
        set(setting, value, setting.variable());
      }
    }
  }

  private void set(Setting setting, String value, String place) {
    values.put(setting, value);
    places.put(setting, place);
  }

  private Settings settings(Optional<String> passwordVariable) {
    checkReplicator();
    int depth = (int) number(Setting.DOCUMENT_DEPTH, 1, 10_000);
    int document = (int) number(Setting.DOCUMENT_BYTES, 2, Integer.MAX_VALUE);
    Settings.Limits limits =
        new Settings.Limits(
            number(Setting.REQUEST_BYTES, 1024, Long.MAX_VALUE),
            (int) number(Setting.HELD_BYTES, 1024, 1 << 30),
            new DocumentLimits(Math.max(2, document), Math.max(1, depth)),
            number(Setting.ATTACHMENT_BYTES, 1, Long.MAX_VALUE),
            (int) number(Setting.IDLE_SECONDS, 1, 86_400));
    return new Settings(
        Path.of(value(Setting.DATA)),
        notEmpty(Setting.BIND),
        (int) number(Setting.PORT, 0, 65_535),
        texts(Setting.CORS),
        tls(),
        limits,
        adminName(),
        passwordVariable
            .filter(password -> !password.isEmpty())
            .or(() -> firstLine(Setting.ADMIN_PASSWORD_FILE)),
        level(),
        (int) number(Setting.AUDIT_MEGABYTES, 8, 1_000_000),
        Map.copyOf(values),
        Map.copyOf(config),
        oneOf(Setting.LOG_FORMAT, FORMATS),
        upkeep(),
        script());
  }

  /** Where a setting is 0 the machine decides. */
  private ScriptLimits script() {
    ScriptLimits usual = ScriptLimits.DEFAULT;
    long memory = number(Setting.SCRIPT_MEMORY, 0, Long.MAX_VALUE);
    int threads = (int) number(Setting.SCRIPT_THREADS, 0, 1_024);
    return new ScriptLimits(
        Duration.ofMillis(number(Setting.SCRIPT_MILLIS, 1, 86_400_000)),
        memory == 0 ? usual.memory() : memory,
        number(Setting.SCRIPT_OUTPUT, 1_024, Integer.MAX_VALUE),
        (int) number(Setting.SCRIPT_SOURCE, 1, 1 << 28),
        number(Setting.SCRIPT_STACK, 256 << 10, 1 << 30),
        threads == 0 ? usual.threads() : threads);
  }

  private UpkeepSettings upkeep() {
    return new UpkeepSettings(
        number(Setting.FREE_BYTES, 0, Long.MAX_VALUE),
        Duration.ofSeconds(number(Setting.DRAIN_SECONDS, 0, 3_600)),
        (int) number(Setting.COMPACTION_RATIO, 0, 1_000_000),
        number(Setting.COMPACTION_SLACK, 1, Long.MAX_VALUE),
        Duration.ofSeconds(number(Setting.COMPACTION_SECONDS, 1, 86_400)));
  }

  private String value(Setting setting) {
    return values.getOrDefault(setting, setting.byDefault());
  }

  private void problem(Setting setting, String expected) {
    problems.add(
        places.get(setting)
            + ": "
            + setting.key()
            + " is \""
            + value(setting)
            + "\", expected "
            + expected);
  }

  private String notEmpty(Setting setting) {
    if (value(setting).isBlank()) {
      problem(setting, "a value");
    }
    return value(setting);
  }

  private long number(Setting setting, long least, long most) {
    try {
      long number = Long.parseLong(value(setting).strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      problem(setting, "a whole number");
      return least;
    }
    problem(setting, "a number from " + least + " to " + most);
    return least;
  }

  private Set<String> texts(Setting setting) {
    Set<String> texts = new TreeSet<>();
    for (String text : value(setting).split(",", -1)) {
      if (!text.isBlank()) {
        texts.add(text.strip());
      }
    }
    return texts;
  }

  private String adminName() {
    String name = notEmpty(Setting.ADMIN_NAME);
    if (name.indexOf(':') >= 0) {
      problem(
          Setting.ADMIN_NAME, "a name without a colon, which Basic authentication cannot carry");
    }
    return name;
  }

  /** Read from the configuration, which may change them; wrong ones are told of here. */
  private void checkReplicator() {
    number(Setting.MAX_JOBS, 0, 100_000);
    number(Setting.JOB_INTERVAL, 1, Integer.MAX_VALUE);
    number(Setting.MAX_CHURN, 0, 100_000);
    number(Setting.MAX_HISTORY, 2, 1_000);
    number(Setting.HEALTH_THRESHOLD, 1, 86_400);
  }

  private String level() {
    return oneOf(Setting.LOG_LEVEL, LEVELS);
  }

  private String oneOf(Setting setting, List<String> allowed) {
    if (!allowed.contains(value(setting))) {
      problem(setting, "one of " + String.join(", ", allowed));
    }
    return value(setting);
  }

  private Optional<HttpSettings.Tls> tls() {
    boolean store = !value(Setting.KEY_STORE).isBlank();
    boolean certificates = !value(Setting.TLS_CERTIFICATES).isBlank();
    boolean key = !value(Setting.TLS_KEY).isBlank();
    if (store && (certificates || key)) {
      problem(Setting.KEY_STORE, "nothing, because http.tls_certificates or http.tls_key is set");
    }
    if (certificates != key) {
      problem(
          certificates ? Setting.TLS_KEY : Setting.TLS_CERTIFICATES, "a file too: both or none");
    }
    if (certificates && key) {
      return Optional.of(
          new HttpSettings.Tls.PemFiles(
              readable(Setting.TLS_CERTIFICATES), readable(Setting.TLS_KEY)));
    }
    if (store) {
      String password = firstLine(Setting.KEY_STORE_PASSWORD_FILE).orElse("");
      return Optional.of(new HttpSettings.Tls.KeyStoreFile(readable(Setting.KEY_STORE), password));
    }
    return Optional.empty();
  }

  private Path readable(Setting setting) {
    Path file = Path.of(value(setting));
    if (!Files.isReadable(file)) {
      problem(setting, "a file that can be read");
    }
    return file;
  }

  /** The first line of the file that the setting names; a problem when there is none. */
  private Optional<String> firstLine(Setting setting) {
    if (value(setting).isBlank()) {
      return Optional.empty();
    }
    try {
      Optional<String> line =
          Files.readAllLines(Path.of(value(setting))).stream()
              .findFirst()
              .filter(text -> !text.isBlank());
      if (line.isEmpty()) {
        problem(setting, "a file with a password in its first line");
      }
      return line;
    } catch (IOException e) {
      problem(setting, "a file that can be read (" + e + ")");
      return Optional.empty();
    }
  }
}
