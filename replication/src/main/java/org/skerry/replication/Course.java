package org.skerry.replication;

/** How a session's stages follow one another: one by one, or all at once. */
interface Course {
  /**
   * Moves a session on.
   *
   * @return whether there is more to do: false when the feed's end was reached and everything up to
   *     there is done
   * @throws InterruptedException when the thread was interrupted
   */
  boolean advance(Session session) throws InterruptedException;
}
