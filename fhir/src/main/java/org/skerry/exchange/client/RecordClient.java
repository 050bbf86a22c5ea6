package org.skerry.exchange.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches records of one partner, and sends them there. One thread at a time.
 *
 * <p>A version's name is what the partner calls it, or what can be made of its content: two
 * versions that differ must not have the same name, and one must not have two.
 */
public interface RecordClient {
  /** Where a record is, for people and messages. */
  String url(RecordId id);

  /** The record as the partner has it now. */
  Fetched fetch(RecordId id);

  /**
   * What becomes of fetches that the partner answers together. Whatever is not in the answer is
   * fetched alone.
   */
  default Map<RecordId, Fetched> fetchTogether(List<RecordId> ids) {
    return Map.of();
  }

  /**
   * A record that a list of changes brought along.
   *
   * @param version as the list calls it
   */
  default Fetched read(RecordId id, byte[] json, Optional<String> version) {
    return fetch(id);
  }

  /**
   * Creates the record there, or changes it: only if the partner still has the version on which it
   * stands.
   */
  Sent send(Outgoing record);

  /**
   * What becomes of different records that the partner takes together, each as {@link #send} would.
   * Whatever is not in the answer is sent alone.
   */
  default Map<RecordId, Sent> sendTogether(List<Outgoing> records) {
    return Map.of();
  }

  /**
   * Removes the record there: only if the partner still has that version.
   *
   * @param known the version's name; empty when it is unknown
   */
  Sent remove(RecordId id, String known);

  /** What happens to the record there, in OpenMRS's words: CREATED, UPDATED, VOIDED, …. */
  default String action(Outgoing record) {
    return record.action();
  }

  /** The record that a feed's entry leads to by its link for this client, if it is one. */
  default Optional<RecordId> linked(String type, String link) {
    return Optional.empty();
  }

  /** Records without which this one is not stored. */
  default Set<RecordId> references(byte[] json) {
    return Set.of();
  }

  /** What changed there, for partners without feeds; nothing when that cannot be asked. */
  default Optional<ChangeList> changes() {
    return Optional.empty();
  }
}
