package org.skerry.exchange.client;

import java.util.List;

/** Opens clients of one kind; found by {@link java.util.ServiceLoader}. Any thread. */
public interface ClientProvider {
  /** By which descriptions of partners call it. */
  String name();

  /**
   * What is wrong with a partner's settings of this client, for people; nothing when they will do.
   * They are the members of {@code clients.NAME} in the partner's description, besides {@code
   * base}, {@code wrapper} and {@code auth}.
   */
  default List<String> problems(ClientSettings settings) {
    return List.of();
  }

  /** A client of one partner. */
  RecordClient open(Line line);
}
