package org.skerry.http.couch.admin;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.skerry.audit.AuditTrail;
import org.skerry.config.Configuration;
import org.skerry.http.Exchange;
import org.skerry.http.access.AccessSettings;
import org.skerry.store.Properties;

/**
 * What the endpoints need to administer a node.
 *
 * @param audit where administrative actions are noted
 * @param trail what was noted, if it can be read
 * @param reload reads the operator's file and the certificates again
 * @param access what the configuration says about signing in
 */
public record Administration(
    Configuration configuration,
    AuditLog audit,
    Optional<AuditTrail> trail,
    Reload reload,
    Supplier<AccessSettings> access) {

  /** Reads again what the operator gave. */
  @FunctionalInterface
  public interface Reload {
    /**
     * Reads again, and keeps what there was when that cannot be used.
     *
     * @throws org.skerry.config.InvalidConfigException saying what cannot be used
     */
    void run();
  }

  public Administration(
      Configuration configuration, AuditLog audit, Optional<AuditTrail> trail, Reload reload) {
    this(configuration, audit, trail, reload, configuration.derived(AccessSettings::of));
  }

  /** For a node that keeps its configuration in these properties and notes nothing. */
  public static Administration unaudited(Properties properties) {
    return new Administration(
        Configuration.open(properties, Map.of(), Map.of()),
        AuditLog.NONE,
        Optional.empty(),
        () -> {});
  }

  /** Whoever sent a request. */
  public static Actor actor(Exchange exchange) {
    return new Actor(exchange.user().name(), Optional.of(exchange.caller().address()));
  }

  /** Notes what the sender of a request did. */
  public void note(Exchange exchange, AuditAction action, String subject) {
    audit.record(new AuditEvent(action, actor(exchange), subject));
  }
}
