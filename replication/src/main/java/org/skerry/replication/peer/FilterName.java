package org.skerry.replication.peer;

/**
 * The name of a filter function.
 *
 * @param design the design document's, without {@code _design/}
 * @param function the function's in it
 */
public record FilterName(String design, String function) {
  @Override
  public String toString() {
    return design + "/" + function;
  }
}
