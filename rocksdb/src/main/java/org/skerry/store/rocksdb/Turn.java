package org.skerry.store.rocksdb;

/**
 * Something that wants to write. The writer's thread lets one turn after the other decide what it
 * puts into the group; each sees what the turns before it put there.
 *
 * @param <T> what the caller gets when the group is written
 */
interface Turn<T> {
  /**
   * Decides and puts. May be called a second time, with a new group, when another turn of its group
   * failed.
   */
  T decide(Group group);

  /** Whether the caller waits for the disk. */
  default boolean durable() {
    return true;
  }

  /** Whether it must be written in a group of its own. */
  default boolean alone() {
    return false;
  }

  /** About how many bytes it will put. */
  default long weight() {
    return 0;
  }
}
