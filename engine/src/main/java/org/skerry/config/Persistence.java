package org.skerry.config;

/** How long a change of the configuration holds. */
public enum Persistence {
  KEPT,
  /** CouchDB's {@code X-Couch-Persist: false}; reading the operator's file again ends it, too. */
  UNTIL_RESTART
}
