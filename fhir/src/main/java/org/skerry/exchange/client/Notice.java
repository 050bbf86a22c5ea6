package org.skerry.exchange.client;

import java.util.Optional;

/**
 * What a partner's feed tells: something happened to a record.
 *
 * @param action what it was, in OpenMRS's words
 * @param version of it, if the feed says so
 * @param json the record itself, where the feed brings it along
 * @param source where the feed said so
 */
public record Notice(
    RecordId id, String action, Optional<String> version, Optional<byte[]> json, String source) {
  public static final String CREATED = "CREATED";
  public static final String UPDATED = "UPDATED";
  public static final String DELETED = "DELETED";
  public static final String VOIDED = "VOIDED";
  public static final String RETIRED = "RETIRED";

  /** Something that became of a record, of which nothing else is known. */
  public static Notice of(RecordId id, String action, String source) {
    return new Notice(id, action, Optional.empty(), Optional.empty(), source);
  }

  /** Whether the record may be gone: OpenMRS hides what was voided or retired, or shows it so. */
  public boolean mayBeGone() {
    return action.equals(DELETED) || action.equals(VOIDED) || action.equals(RETIRED);
  }

  /** Whether the record is gone for certain. */
  public boolean isGone() {
    return action.equals(DELETED);
  }
}
