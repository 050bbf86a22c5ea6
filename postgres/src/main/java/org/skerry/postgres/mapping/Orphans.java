package org.skerry.postgres.mapping;

import java.util.Locale;

/** What becomes of a row that was made here while the one that it refers to was deleted there. */
public enum Orphans {
  /** It waits for a person. */
  WAIT,
  /** What it refers to is there again: as where a foreign key forbids to delete it. */
  RESTORE,
  /** It is deleted, too: as where a foreign key cascades. */
  DELETE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
