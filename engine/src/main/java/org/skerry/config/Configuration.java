package org.skerry.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skerry.json.JsonIn;
import org.skerry.store.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A node's configuration, which changes while the node runs. */
public final class Configuration {
  private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);
  private static final String PROPERTY = "config";
  private static final JsonMapper JSON = JsonIn.mapper();

  /** So that nobody fills the memory with keys that mean nothing. */
  private static final int MOST_KEYS = 10_000;

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_VALUE = 64 * 1024;

  private final Properties properties;
  private final List<ConfigRule> rules = new CopyOnWriteArrayList<>();
  private final List<Consumer<ConfigView>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile ConfigView view;

  private Configuration(Properties properties, ConfigView view) {
    this.properties = properties;
    this.view = view;
  }

  /**
   * The configuration that a store keeps.
   *
   * @param defaults what holds when nobody says anything
   * @param given what the operator says at the start
   */
  public static Configuration open(
      Properties properties, Map<ConfigKey, String> defaults, Map<ConfigKey, String> given) {
    Map<ConfigKey, String> changed = new TreeMap<>();
    properties.get(PROPERTY).ifPresent(bytes -> read(JSON.readTree(bytes), changed));
    return new Configuration(properties, ConfigView.of(defaults, given, changed));
  }

  private static void read(JsonNode sections, Map<ConfigKey, String> into) {
    sections
        .properties()
        .forEach(
            section ->
                section
                    .getValue()
                    .properties()
                    .forEach(
                        member ->
                            into.put(
                                new ConfigKey(section.getKey(), member.getKey()),
                                member.getValue().asString())));
  }

  /** Adds a rule, for changes from now on. */
  public void add(ConfigRule rule) {
    rules.add(rule);
  }

  /** Calls with the new state after each change, on the thread that made it. */
  public void onChange(Consumer<ConfigView> listener) {
    listeners.add(listener);
  }

  /** The state of this moment. */
  public ConfigView view() {
    return view;
  }

  /** Something made of the configuration, made anew only when that changed. */
  public <T> Supplier<T> derived(Function<ConfigView, T> function) {
    return new Derived<>(function, view);
  }

  private final class Derived<T> implements Supplier<T> {
    private record Made<T>(ConfigView of, T value) {}

    private final Function<ConfigView, T> function;
    private volatile Made<T> made;

    Derived(Function<ConfigView, T> function, ConfigView first) {
      this.function = function;
      this.made = new Made<>(first, function.apply(first));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Another state is another object.
    public T get() {
      Made<T> known = made;
      ConfigView now = view;
      if (known.of != now) {
        known = new Made<>(now, function.apply(now));
        made = known;
      }
      return known.value;
    }
  }

  /**
   * Sets a value; durable on return.
   *
   * @return the value there was
   * @throws InvalidConfigException when a rule refuses it
   */
  public Optional<String> put(ConfigKey key, String value) {
    return put(key, value, Persistence.KEPT);
  }

  /** As {@link #put(ConfigKey, String)}, for as long as is said. */
  public Optional<String> put(ConfigKey key, String value, Persistence persistence) {
    check(key, value);
    return change(
        before -> {
          String kept = value;
          for (ConfigRule rule : rules) {
            kept = rule.accept(key, kept);
          }
          if (before.all().size() >= MOST_KEYS && before.get(key).isEmpty()) {
            throw new InvalidConfigException("there are " + MOST_KEYS + " config values already");
          }
          return before.with(key, Optional.of(kept), persistence);
        },
        key,
        persistence);
  }

  /**
   * Takes back what an administrator changed; the operator's value, or the default, holds again.
   *
   * @return the value there was
   * @throws InvalidConfigException when a rule refuses it
   */
  public Optional<String> remove(ConfigKey key) {
    return remove(key, Persistence.KEPT);
  }

  /** As {@link #remove(ConfigKey)}, for as long as is said. */
  public Optional<String> remove(ConfigKey key, Persistence persistence) {
    return change(
        before -> {
          rules.forEach(rule -> rule.checkRemoval(key, before));
          return before.with(key, Optional.empty(), persistence);
        },
        key,
        persistence);
  }

  private Optional<String> change(
      Function<ConfigView, ConfigView> step, ConfigKey key, Persistence persistence) {
    ConfigView after;
    Optional<String> old;
    lock.lock();
    try {
      ConfigView before = view;
      old = before.get(key);
      after = step.apply(before);
      if (persistence == Persistence.KEPT) {
        properties.put(PROPERTY, bytes(after.kept()));
      }
      view = after;
    } finally {
      lock.unlock();
    }
    tell(after);
    return old;
  }

  /** Replaces what the operator gave, after the file was read again. */
  public void reload(Map<ConfigKey, String> given) {
    ConfigView after;
    lock.lock();
    try {
      after = view.withGiven(given);
      view = after;
    } finally {
      lock.unlock();
    }
    tell(after);
  }

  private void tell(ConfigView state) {
    for (Consumer<ConfigView> listener : listeners) {
      try {
        listener.accept(state);
      } catch (RuntimeException e) {
        LOG.error("a part of the node could not follow a change of the configuration", e);
      }
    }
  }

  private static void check(ConfigKey key, String value) {
    for (String name : List.of(key.section(), key.name())) {
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw new InvalidConfigException(
            "a section and a key have from 1 to " + LONGEST_NAME + " characters");
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new InvalidConfigException("a section and a key have no control characters");
      }
    }
    if (value.length() > LONGEST_VALUE) {
      throw new InvalidConfigException("a value has up to " + LONGEST_VALUE + " characters");
    }
  }

  private static byte[] bytes(Map<ConfigKey, String> values) {
    ObjectNode sections = JSON.createObjectNode();
    values.forEach(
        (key, value) -> {
          ObjectNode section =
              sections.path(key.section()) instanceof ObjectNode known
                  ? known
                  : sections.putObject(key.section());
          section.put(key.name(), value);
        });
    return sections.toString().getBytes(StandardCharsets.UTF_8);
  }
}
