package org.skerry.postgres.apply;

import java.time.Instant;
import java.util.Set;

/**
 * A document that cannot be a row yet.
 *
 * @param name the document's id
 * @param detail for people
 * @param lacks the documents that it refers to and that are no rows here
 * @param attempts how often it was tried
 * @param next when it is tried again, if nothing gives reason to do it before
 */
public record Waiting(
    String name,
    String table,
    Reason reason,
    String detail,
    Set<String> lacks,
    Instant since,
    int attempts,
    Instant next) {
  public Waiting {
    lacks = Set.copyOf(lacks);
  }
}
