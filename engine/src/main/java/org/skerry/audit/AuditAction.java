package org.skerry.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done that somebody may ask about later. */
public enum AuditAction {
  /** Somebody proved who they are; the subject is the user. */
  SIGNED_IN,
  /** A name came with a wrong password or token; the subject is the name. */
  SIGN_IN_FAILED,
  /** A name is refused for a while from one address. */
  LOCKED_OUT,
  SIGNED_OUT,
  DATABASE_CREATED,
  DATABASE_DELETED,
  /** One of its limits. */
  DATABASE_CHANGED,
  /** A database's {@code _security}. */
  SECURITY_CHANGED,
  DESIGN_DOCUMENT_CHANGED,
  USER_CREATED,
  USER_CHANGED,
  USER_DELETED,
  ADMIN_CHANGED,
  ADMIN_DELETED,
  /** The subject is {@code section/key}. */
  CONFIG_CHANGED,
  CONFIG_DELETED,
  CONFIG_RELOADED,
  CERTIFICATE_LOADED,
  /** Somebody asked for one; the subject is the document that asks, or both ends. */
  REPLICATION_STARTED,
  /** The document that asks for one was edited. */
  REPLICATION_CHANGED,
  /** One that rested or waited was to run at once. */
  REPLICATION_RUN,
  /** One rests until somebody has it run again. */
  REPLICATION_STOPPED,
  REPLICATION_CANCELLED,
  PURGED,
  /** A person settled a document's conflict. */
  CONFLICT_SETTLED,
  /** A policy did; the record travels with the document, too. */
  CONFLICT_SETTLED_BY_POLICY,
  /** A person opened a settled conflict again. */
  SETTLEMENT_UNDONE,
  CONFLICT_POLICY_CHANGED,
  /** A database's scope rules: which sites get which documents. */
  SCOPE_CHANGED,
  SITE_CREATED,
  SITE_CHANGED,
  SITE_DELETED,
  /** A site fetched a document that its scope does not give it; it stays until released. */
  DOCUMENT_FETCHED,
  DOCUMENT_RELEASED,
  /** What a site brought too early, and was held for it, was forgotten. */
  HELD_DISCARDED,
  /** Documents left the subset of this node, which is a site, and were removed here. */
  SUBSET_LEFT,
  /** A site searched beyond its subset. */
  CENTRE_SEARCHED,
  COMPACTED,
  /** A compaction or an index build was broken off; the subject is the database. */
  TASK_CANCELLED,
  BACKED_UP,
  RESTORED,
  NODE_STARTED,
  NODE_STOPPED,
  /** Written by the log itself: so many events did not fit, or could not be written. */
  EVENTS_LOST,
  /** Written by the log itself: a whole file of old events was removed to stay within its size. */
  TRAIL_CUT;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it stands in the log. */
  public String text() {
    return text;
  }

  /** The action of that text. */
  public static Optional<AuditAction> of(String text) {
    return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
  }

  /**
   * Whether there may be as many of these as strangers or policies like; they are not forced to the
   * disk.
   */
  boolean isPlentiful() {
    return this == CONFLICT_SETTLED_BY_POLICY
        || this == SIGNED_IN
        || this == SIGN_IN_FAILED
        || this == LOCKED_OUT
        || this == SIGNED_OUT;
  }
}
