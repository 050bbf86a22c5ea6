package org.skerry.store;

import java.util.Optional;

/**
 * A database's few settings ({@code _security}, {@code _revs_limit}, options), each a small value
 * under a name. They are not replicated and make no change in the feed. Any thread; durable on
 * return.
 */
public interface Properties {
  Optional<byte[]> get(String name);

  void put(String name, byte[] value);
}
