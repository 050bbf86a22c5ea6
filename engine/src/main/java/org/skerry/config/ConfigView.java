package org.skerry.config;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The configuration as it was at one moment. */
public final class ConfigView {
  private final Map<ConfigKey, String> defaults;
  private final Map<ConfigKey, String> given;
  private final Map<ConfigKey, String> kept;
  private final Map<ConfigKey, String> changed;
  private final NavigableMap<ConfigKey, String> all;

  /**
   * A state of the configuration.
   *
   * @param kept what administrators changed for good
   * @param changed the same with what they changed until the next start
   */
  private ConfigView(
      Map<ConfigKey, String> defaults,
      Map<ConfigKey, String> given,
      Map<ConfigKey, String> kept,
      Map<ConfigKey, String> changed) {
    this.defaults = defaults;
    this.given = given;
    this.kept = kept;
    this.changed = changed;
    NavigableMap<ConfigKey, String> merged = new TreeMap<>(defaults);
    merged.putAll(given);
    merged.putAll(changed);
    this.all = Collections.unmodifiableNavigableMap(merged);
  }

  /** The state after a start. */
  static ConfigView of(
      Map<ConfigKey, String> defaults, Map<ConfigKey, String> given, Map<ConfigKey, String> kept) {
    return new ConfigView(Map.copyOf(defaults), Map.copyOf(given), kept, kept);
  }

  /** Everything, in order. */
  public SortedMap<ConfigKey, String> all() {
    return all;
  }

  /** The keys of one section with their values, in order; empty for one that nobody knows. */
  public SortedMap<String, String> section(String section) {
    SortedMap<String, String> found = new TreeMap<>();
    for (Map.Entry<ConfigKey, String> entry :
        all.tailMap(new ConfigKey(section, ""), true).entrySet()) {
      if (!entry.getKey().section().equals(section)) {
        break;
      }
      found.put(entry.getKey().name(), entry.getValue());
    }
    return found;
  }

  public Optional<String> get(ConfigKey key) {
    return Optional.ofNullable(all.get(key));
  }

  public Optional<String> get(String section, String name) {
    return get(new ConfigKey(section, name));
  }

  /** The value that somebody set, in the file or since; not the program's default. */
  public Optional<String> explicit(String section, String name) {
    ConfigKey key = new ConfigKey(section, name);
    return Optional.ofNullable(changed.get(key)).or(() -> Optional.ofNullable(given.get(key)));
  }

  /** {@code true} or {@code false}; the alternative for anything else. */
  public boolean flag(String section, String name, boolean otherwise) {
    return get(section, name)
        .map(String::strip)
        .map(text -> text.equals("true") || !text.equals("false") && otherwise)
        .orElse(otherwise);
  }

  /** A whole number from zero; the alternative for anything else. */
  public long number(String section, String name, long otherwise) {
    return get(section, name).map(text -> number(text, otherwise)).orElse(otherwise);
  }

  private static long number(String text, long otherwise) {
    try {
      long number = Long.parseLong(text.strip());
      return number < 0 ? otherwise : number;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** What was changed only until the next start goes as well, as if this was one. */
  ConfigView withGiven(Map<ConfigKey, String> other) {
    return of(defaults, other, kept);
  }

  /** With another value, or with none of an administrator's. */
  ConfigView with(ConfigKey key, Optional<String> value, Persistence persistence) {
    Map<ConfigKey, String> after = with(changed, key, value);
    return switch (persistence) {
      case KEPT -> new ConfigView(defaults, given, with(kept, key, value), after);
      case UNTIL_RESTART -> new ConfigView(defaults, given, kept, after);
    };
  }

  private static Map<ConfigKey, String> with(
      Map<ConfigKey, String> before, ConfigKey key, Optional<String> value) {
    Map<ConfigKey, String> after = new TreeMap<>(before);
    after.remove(key);
    value.ifPresent(text -> after.put(key, text));
    return after;
  }

  /** What administrators changed for good. */
  Map<ConfigKey, String> kept() {
    return kept;
  }
}
