package org.skerry.audit;

/** Keeps events. Any thread may call. */
@FunctionalInterface
public interface AuditLog {
  /** Keeps nothing: for programs that embed a node without a log, and for tests. */
  AuditLog NONE = event -> {};

  /**
   * Notes an event that has happened. Never throws: what cannot be written is counted, said in the
   * node's log, and noted as lost when writing works again. An event that is no sign-in is on disk
   * on return.
   */
  void record(AuditEvent event);
}
