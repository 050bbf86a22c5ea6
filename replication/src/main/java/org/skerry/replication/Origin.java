package org.skerry.replication;

import java.util.Optional;

/**
 * Who wants a replication.
 *
 * @param database the database of the document that asks for it; nothing for {@code _replicate}
 * @param document the document that asks for it
 * @param user who asked, as far as that is known
 */
public record Origin(Optional<String> database, Optional<String> document, Optional<String> user) {
  /** Nobody in particular. */
  public static final Origin NOBODY = user(Optional.empty());

  /** Somebody who waits for it, or began it by hand. */
  public static Origin user(Optional<String> name) {
    return new Origin(Optional.empty(), Optional.empty(), name);
  }

  /** A document of a replicator database. */
  public static Origin document(String database, String document, Optional<String> user) {
    return new Origin(Optional.of(database), Optional.of(document), user);
  }

  /** Whether no document asks for it, so that it ends with the process. */
  public boolean isTransient() {
    return document.isEmpty();
  }
}
