package org.skerry.exchange.client;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of clients that this node has: two of its own, and those of others. */
public final class Clients {
  private static final SortedMap<String, ClientProvider> KNOWN = load();

  private Clients() {}

  private static SortedMap<String, ClientProvider> load() {
    SortedMap<String, ClientProvider> found = new TreeMap<>();
    for (ClientProvider provider : ServiceLoader.load(ClientProvider.class)) {
      found.putIfAbsent(provider.name(), provider);
    }
    return found;
  }

  /** The kind of that name. */
  public static Optional<ClientProvider> find(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /** All names, in order. */
  public static String names() {
    return String.join(", ", KNOWN.keySet());
  }
}
