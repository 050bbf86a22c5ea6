package org.skerry.changes;

/** Why a wait for changes ended. */
public enum Wake {
  /** There are changes behind the position. */
  ADVANCED,
  /** Nothing came in time. */
  TIMEOUT,
  /** The feed was closed; nothing will come. */
  CLOSED
}
