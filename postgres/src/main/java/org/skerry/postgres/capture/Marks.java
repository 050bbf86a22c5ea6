package org.skerry.postgres.capture;

/** What this node writes into PostgreSQL's log, beside rows. */
public final class Marks {
  /**
   * Begins a transaction of this node's own: {@code SELECT pg_logical_emit_message(true, 'skerry',
   * '')} as the first that it does. Capture passes over its rows.
   */
  public static final String OURS = "skerry";

  /** What a {@link Gate} waits for. */
  public static final String GATE = "skerry.gate";

  /**
   * Set to {@code on} in such a transaction as well ({@code set_config('skerry.ours', 'on',
   * true)}): the triggers of an outbox look at this.
   */
  public static final String OURS_SETTING = "skerry.ours";

  private Marks() {}
}
