package org.skerry.subset;

import java.util.Optional;
import java.util.Set;
import org.skerry.database.Author;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * A revision that is kept for a site until what it refers to is the site's.
 *
 * @param place the local document in which it stands, as the site's are named
 * @param names to what it refers: with one of these it enters
 * @param by who brought it; nothing where that is not known
 * @param bytes how much it takes, attachments included
 * @param since when it came first, as ISO 8601 has it
 */
public record HeldRevision(
    DocId place,
    DocId id,
    RevId rev,
    Set<DocId> names,
    Optional<Author> by,
    long bytes,
    String since) {
  public HeldRevision {
    names = Set.copyOf(names);
  }
}
