package org.skerry.store;

/** A listener that is registered until it is closed. Closing twice is harmless. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
