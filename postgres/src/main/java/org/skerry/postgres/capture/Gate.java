package org.skerry.postgres.capture;

import java.sql.SQLException;

/**
 * Keeps whoever writes into the application's tables from overwriting what the application did and
 * capture has not seen. Any thread may call.
 *
 * <p>How it is used:
 *
 * <ol>
 *   <li>Begin a transaction at {@code REPEATABLE READ} and take its snapshot, with {@link
 *       Marks#OURS} as its first statement.
 *   <li>{@link #pass}: returns when everything that the snapshot shows is captured, as documents
 *       and in the book.
 *   <li>Lock the book's rows of what is to be written ({@code SELECT … FOR UPDATE}), and write.
 * </ol>
 *
 * <p>If capture took in an edit of one of those rows since the snapshot, it changed the book's row,
 * and the lock fails with 40001; if the application has changed a row since, writing it fails with
 * 40001: begin again. So the revision in the book is always the one that the application saw when
 * it made an edit, and a row is only overwritten when nothing of it waits to be captured. Comparing
 * values would not do: an edit that was taken back leaves the same values.
 */
public interface Gate {
  /** For satellites of which nothing is captured. */
  Gate OPEN = () -> {};

  /**
   * Waits until everything that was committed before this call is captured.
   *
   * @throws CaptureStoppedException when nobody captures at the moment
   * @throws SQLException when the application's database cannot be reached
   */
  void pass() throws InterruptedException, SQLException;
}
