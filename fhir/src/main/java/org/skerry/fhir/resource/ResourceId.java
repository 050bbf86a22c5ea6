package org.skerry.fhir.resource;

import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.document.DocId;

/**
 * The name of a resource within its database: {@code Type/logical-id}, which is its document's id.
 */
public record ResourceId(String type, String id) {
  /** http://hl7.org/fhir/R4/datatypes.html#id */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");

  /** Whether a text can be the id of a resource. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The resource that a document would be; nothing for documents that cannot be one. */
  public static Optional<ResourceId> of(DocId document) {
    return parse(document.text());
  }

  /** Reads {@code Type/id}. */
  public static Optional<ResourceId> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      return Optional.empty();
    }
    String type = text.substring(0, slash);
    String id = text.substring(slash + 1);
    return TYPE.matcher(type).matches() && isId(id)
        ? Optional.of(new ResourceId(type, id))
        : Optional.empty();
  }

  /** The document that is this resource. */
  public DocId document() {
    return DocId.of(toString());
  }

  @Override
  public String toString() {
    return type + '/' + id;
  }
}
