package org.skerry.fhir.rest.binary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.rest.Call;
import org.skerry.http.Exchange;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;

/** Where the content of a Binary is, and who speaks of it. */
final class Content {
  private static final String BINARY = "Binary";

  private Content() {}

  static boolean isBinary(Exchange exchange) {
    return exchange.variable("type").equals(BINARY);
  }

  /** The attachment; nothing when the content is in the resource, or there is none. */
  static Optional<AttachmentRef> find(StoredRevision revision) {
    return revision.attachments().stream()
        .filter(ref -> ref.name().equals(Attachments.CONTENT))
        .findFirst();
  }

  /** Whether what is sent is content, and not a resource. */
  static boolean isSent(Exchange exchange) {
    Optional<String> type = exchange.header("Content-Type").filter(text -> !text.isBlank());
    return type.isPresent() && !isFhir(type.get());
  }

  /**
   * Whether the content is wanted, and not the resource: by everybody who does not name a format of
   * FHIR's.
   */
  static boolean isWanted(Exchange exchange) {
    if (exchange.query().text("_format").filter(text -> !text.isEmpty()).isPresent()) {
      return false;
    }
    return List.of(exchange.header("Accept").orElse("").split(",")).stream()
        .noneMatch(Content::isFhir);
  }

  private static boolean isFhir(String mediaType) {
    String bare = mediaType.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return switch (bare) {
      case "application/fhir+json", "application/fhir+xml" -> true;
      case "application/json+fhir", "application/xml+fhir" -> true;
      default -> false;
    };
  }

  /** The version in the path; nothing when there cannot be one of that name. */
  static Optional<RevId> version(Call call) {
    try {
      return Optional.of(RevId.parse(call.exchange().variable("version")));
    } catch (InvalidRevIdException e) {
      return Optional.empty();
    }
  }
}
