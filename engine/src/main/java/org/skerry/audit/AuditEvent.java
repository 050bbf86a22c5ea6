package org.skerry.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * Something that was done.
 *
 * @param subject what it was done to: a database, a user, {@code section/key}
 * @param details a few short texts more; never a password, a hash, a key or a token
 */
public record AuditEvent(
    AuditAction action, Actor actor, String subject, Map<String, String> details) {
  public AuditEvent {
    details = Map.copyOf(details);
  }

  public AuditEvent(AuditAction action, Actor actor, String subject) {
    this(action, actor, subject, Map.of());
  }

  /** The same with one detail more. */
  public AuditEvent with(String name, String value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(name, value);
    return new AuditEvent(action, actor, subject, more);
  }
}
