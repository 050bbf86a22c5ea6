package org.skerry.postgres.mapping;

import java.util.Locale;

/** Which way a table's rows go. */
public enum Mode {
  /** Neither: its rows are only referred to. */
  NONE,
  /** Documents become rows. */
  PULL,
  /** Rows become documents. */
  PUSH,
  /** Both. */
  BOTH;

  /** Whether what the application does becomes revisions. */
  public boolean pushes() {
    return this == PUSH || this == BOTH;
  }

  /** Whether what others do becomes rows. */
  public boolean pulls() {
    return this == PULL || this == BOTH;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
