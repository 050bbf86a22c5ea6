package org.skerry.database;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.scope.ScopeRules;
import org.skerry.store.DocumentStore;
import org.skerry.store.Properties;

/**
 * What administrators decide for a database; the subsets that its sites see share it. Any thread.
 */
final class DatabaseSettings {
  private static final String SECURITY = "security";
  private static final String OPTIONS = "options";
  private static final String SCOPE = "scope";

  private final Properties properties;

  /** Grows whenever a design document may have changed. */
  private final AtomicLong designVersion = new AtomicLong();

  /** Volatile, because whoever writes reads it while an administrator replaces it. */
  private volatile Security security;

  /** Volatile, as the rules of access are. */
  private volatile DatabaseOptions options;

  /** Volatile, as the rules of access are. */
  private volatile Optional<ScopeRules> scope;

  DatabaseSettings(DocumentStore store) {
    this.properties = store.properties();
    this.security = properties.get(SECURITY).map(Security::parse).orElse(Security.DEFAULT);
    this.options =
        properties.get(OPTIONS).map(DatabaseOptions::decode).orElse(DatabaseOptions.DEFAULT);
    this.scope = properties.get(SCOPE).filter(rules -> rules.length > 0).map(ScopeRules::decode);
  }

  AtomicLong designVersion() {
    return designVersion;
  }

  Security security() {
    return security;
  }

  synchronized void security(Security rules) {
    properties.put(SECURITY, rules.json());
    security = rules;
  }

  DatabaseOptions options() {
    return options;
  }

  synchronized void options(DatabaseOptions changed) {
    properties.put(OPTIONS, changed.encode());
    options = changed;
  }

  Optional<ScopeRules> scope() {
    return scope;
  }

  synchronized void scope(Optional<ScopeRules> rules) {
    properties.put(SCOPE, rules.map(ScopeRules::json).orElse(new byte[0]));
    scope = rules;
  }
}
