package org.skerry.postgres.rpc;

import java.util.List;

/** What became of rows that were to be written in one transaction of the application. */
public sealed interface RpcOutcome {
  /**
   * All are written.
   *
   * @param ids of the rows, in their order
   */
  record Written(List<Long> ids) implements RpcOutcome {
    public Written {
      ids = List.copyOf(ids);
    }
  }

  /** None is. */
  record Refused(RpcAnswer.Reason reason, String message) implements RpcOutcome {}
}
