package org.skerry.postgres.book;

import java.util.Optional;
import org.skerry.revision.RevId;

/**
 * What is known of a document that is, was or will be a row.
 *
 * @param name the document's id
 * @param id the row's key; nothing when there is no row
 * @param rev the revision that the row shows; nothing when none was written yet
 * @param hash of what the row said when that was noted; empty when nothing was
 * @param here whether the row was made by this application
 */
public record Entry(
    String table,
    String name,
    Optional<String> id,
    Optional<RevId> rev,
    String hash,
    boolean here) {
  /** A name that was given to a row of which nothing else is known. */
  public static Entry named(String table, String name, String id) {
    return new Entry(table, name, Optional.of(id), Optional.empty(), "", true);
  }

  /** The same with a row that shows a revision. */
  public Entry showing(String row, RevId revision, String said) {
    return new Entry(table, name, Optional.of(row), Optional.of(revision), said, here);
  }

  /** The same without a row; the revision is the one that deleted it. */
  public Entry gone(RevId revision) {
    return new Entry(table, name, Optional.empty(), Optional.of(revision), "", here);
  }

  /** The same without a row, which is not there any more; nobody deleted the document. */
  public Entry lost() {
    return new Entry(table, name, Optional.empty(), rev, "", here);
  }

  /** The same without a row, and without a revision: it never was a document. */
  public Entry unwritten() {
    return new Entry(table, name, Optional.empty(), Optional.empty(), "", here);
  }

  /** The same with a revision of which the book does not know yet that it was written. */
  public Entry following(RevId revision) {
    return new Entry(table, name, id, Optional.of(revision), "", here);
  }
}
