package org.skerry.postgres.apply;

import java.util.Locale;

/** Why a document is no row yet. */
public enum Reason {
  /** It refers to documents that are no rows here. */
  PARENT,
  /** Its row is to be deleted, and others refer to it. */
  REFERENCED,
  /** Another row has a value that may not come twice. */
  COLLISION,
  /** It turned out to be the same thing as another one; its own document is to be deleted. */
  MERGED,
  /** It can be no such row, or PostgreSQL refuses it. */
  UNFIT;

  static Reason of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
