package org.skerry.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connections, as {@code T}, by the address that they come from, in the order in which they came,
 * and what they weigh. Whoever has most of them loses the first: so one who opens thousands closes
 * his own, and not those of others. Of one thread at a time.
 */
final class EldestByAddress<T> {
  /** What one holder of IPv6 addresses has at least. */
  private static final int NETWORK_BYTES = 8;

  private final Map<T, Held> all = new HashMap<>();
  private final Map<ByteBuffer, Set<T>> byAddress = new HashMap<>();
  private long bytes;

  private record Held(ByteBuffer address, long bytes) {}

  int size() {
    return all.size();
  }

  /** What all of them weigh. */
  long bytes() {
    return bytes;
  }

  /** Adds one that is not here. */
  void add(T connection, InetAddress address, long weight) {
    ByteBuffer network = network(address);
    all.put(connection, new Held(network, weight));
    byAddress.computeIfAbsent(network, first -> new LinkedHashSet<>()).add(connection);
    bytes += weight;
  }

  /** What one weighs from now on, if it is here. */
  void weigh(T connection, long weight) {
    Held held = all.get(connection);
    if (held != null) {
      all.put(connection, new Held(held.address(), weight));
      bytes += weight - held.bytes();
    }
  }

  /** One that is here weighs more. */
  void grow(T connection, long more) {
    Held held = all.get(connection);
    if (held != null) {
      weigh(connection, held.bytes() + more);
    }
  }

  boolean remove(T connection) {
    Held held = all.remove(connection);
    if (held == null) {
      return false;
    }
    bytes -= held.bytes();
    Set<T> those = byAddress.get(held.address());
    if (those != null && those.remove(connection) && those.isEmpty()) {
      byAddress.remove(held.address());
    }
    return true;
  }

  /** Takes the eldest of those from where most are, if it is another one than this. */
  Optional<T> take(T but) {
    Optional<T> eldest =
        byAddress.values().stream()
            .max(Comparator.comparingInt(Collection::size))
            .map(those -> those.iterator().next())
            .filter(one -> !one.equals(but));
    eldest.ifPresent(this::remove);
    return eldest;
  }

  private static ByteBuffer network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }
}
