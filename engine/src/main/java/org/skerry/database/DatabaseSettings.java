package org.skerry.database;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
  private static final String SCOPE_EDITION = "scope_edition";

  private final Properties properties;

  /** Grows whenever a design document may have changed. */
  private final AtomicLong designVersion = new AtomicLong();

  /** Volatile, because whoever writes reads it while an administrator replaces it. */
  private volatile Security security;

  /** Volatile, as the rules of access are. */
  private volatile DatabaseOptions options;

  /** Volatile, as the rules of access are. */
  private volatile Optional<ScopeRules> scope;

  /** Held together by those who write, and alone by whoever changes what their documents mean. */
  private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();

  private final Scope held = writing.readLock()::unlock;

  /** Rules that stay as they are; closing it lets them change. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

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

  /** Behind all that was begun under the rules before. The same rules are no change. */
  void scope(Optional<ScopeRules> rules) {
    byte[] json = json(rules);
    writing.writeLock().lock();
    try {
      if (Arrays.equals(json, json(scope))) {
        return;
      }
      // Before the rules: who is interrupted between follows those of before once more.
      properties.put(
          SCOPE_EDITION, Long.toString(scopeEdition() + 1).getBytes(StandardCharsets.US_ASCII));
      properties.put(SCOPE, json);
      scope = rules;
    } finally {
      writing.writeLock().unlock();
    }
  }

  private static byte[] json(Optional<ScopeRules> rules) {
    return rules.map(ScopeRules::json).orElse(new byte[0]);
  }

  /** Grows with each change of the rules, also to what they were before. */
  long scopeEdition() {
    return properties
        .get(SCOPE_EDITION)
        .map(stored -> Long.parseLong(new String(stored, StandardCharsets.US_ASCII)))
        .orElse(0L);
  }

  /**
   * The rules stay as they are until that is closed, by the same thread: what is written meanwhile
   * was placed by them.
   */
  Scope underOneScope() {
    writing.readLock().lock();
    return held;
  }
}
