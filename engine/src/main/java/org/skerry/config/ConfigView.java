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
  private final Map<ConfigKey, String> changed;
  private final NavigableMap<ConfigKey, String> all;

  ConfigView(
      Map<ConfigKey, String> defaults,
      Map<ConfigKey, String> given,
      Map<ConfigKey, String> changed) {
    this.defaults = defaults;
    this.given = given;
    this.changed = changed;
    NavigableMap<ConfigKey, String> merged = new TreeMap<>(defaults);
    merged.putAll(given);
    merged.putAll(changed);
    this.all = Collections.unmodifiableNavigableMap(merged);
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

  ConfigView withGiven(Map<ConfigKey, String> other) {
    return new ConfigView(defaults, Map.copyOf(other), changed);
  }

  ConfigView with(ConfigKey key, String value) {
    Map<ConfigKey, String> more = new TreeMap<>(changed);
    more.put(key, value);
    return new ConfigView(defaults, given, more);
  }

  ConfigView without(ConfigKey key) {
    Map<ConfigKey, String> fewer = new TreeMap<>(changed);
    fewer.remove(key);
    return new ConfigView(defaults, given, fewer);
  }

  Map<ConfigKey, String> changed() {
    return changed;
  }
}
