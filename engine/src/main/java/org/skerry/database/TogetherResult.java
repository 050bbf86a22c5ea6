package org.skerry.database;

import java.util.List;

/** What became of edits that were to be written all or none. */
public sealed interface TogetherResult {
  /** All are durable. */
  record Written(List<WriteResult> results) implements TogetherResult {
    public Written {
      results = List.copyOf(results);
    }
  }

  /**
   * Nothing was written.
   *
   * @param index of an edit that could not be written
   * @param why a conflict, a guard's refusal, or a stub without an attachment
   */
  record Refused(int index, WriteResult why) implements TogetherResult {}
}
