package org.skerry.conflict;

import java.util.Optional;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;

/** Revisions in JSON that anybody may have written. */
final class Revs {
  private Revs() {}

  static Optional<RevId> parse(String text) {
    try {
      return Optional.of(RevId.parse(text));
    } catch (InvalidRevIdException e) {
      return Optional.empty();
    }
  }
}
