package org.skerry.exchange.client;

import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.document.DocId;

/**
 * A record's name: {@code type/id}, which is its document's id. Of FHIR's records it is the
 * resource's, as {@code Patient/1}; of others the type is what their partner's description says.
 */
public record RecordId(String type, String id) {
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z_]{1,63}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  /** Whether a text can be the type of records. */
  public static boolean isType(String text) {
    return TYPE.matcher(text).matches();
  }

  /** The record that a document would be; nothing for documents that cannot be one. */
  public static Optional<RecordId> of(DocId document) {
    return parse(document.text());
  }

  /** Reads {@code type/id}. */
  public static Optional<RecordId> parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? Optional.empty() : of(text.substring(0, slash), text.substring(slash + 1));
  }

  /** A record of that type and id, if there can be one. */
  public static Optional<RecordId> of(String type, String id) {
    return isType(type) && ID.matcher(id).matches()
        ? Optional.of(new RecordId(type, id))
        : Optional.empty();
  }

  /** The document that is this record. */
  public DocId document() {
    return DocId.of(toString());
  }

  @Override
  public String toString() {
    return type + '/' + id;
  }
}
