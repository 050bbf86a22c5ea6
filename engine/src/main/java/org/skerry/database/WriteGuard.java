package org.skerry.database;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.Body;
import org.skerry.document.DocId;

/**
 * Looks at every revision before it enters a database, whether somebody edited it here or it was
 * made elsewhere. Many threads call at once.
 */
public interface WriteGuard {
  /**
   * Whether there is anything to look at in this database. Asked before each batch of writes, so
   * the answer must be at hand.
   */
  default boolean watches(Database database) {
    return true;
  }

  /** Whether it wants to look at batches with design documents in them, though at no others. */
  default boolean watchesDesigns(Database database) {
    return false;
  }

  /** Decides on one revision, which its database writes at once when all guards agree. */
  Verdict judge(Database database, ProposedRevision revision, Author author);

  /**
   * Keeps foreign revisions that might enter {@linkplain Verdict.Along along with others}, none of
   * which does; all guards agree otherwise. Whoever brings them will not bring them again, since
   * that goes on behind what was answered.
   *
   * @param revisions of one batch; their attachments are in the store while this is asked
   * @return of each, in their order, what whoever brings it is told, when it is kept, durably;
   *     nothing when it is not
   */
  default List<Optional<Verdict.Refuse>> keep(
      Database database, List<ForeignRevision> revisions, Author author) {
    return Collections.nCopies(revisions.size(), Optional.empty());
  }

  /**
   * Told behind each batch, when what entered of it is durable; by the thread that wrote.
   *
   * @param brought foreign revisions, and what became of them; none where edits were written, or
   *     all or none
   */
  default void written(Database database, List<Brought> brought, Author author) {}

  /** What became of a foreign revision. */
  record Brought(ForeignRevision revision, WriteResult result) {}

  /** What is to become of a revision. */
  sealed interface Verdict {
    /** It may enter as it is. */
    Verdict PASS = new Pass();

    /** It may enter as it is. */
    record Pass() implements Verdict {}

    /** It may enter with another body; guards that follow, and the revision's name, see that. */
    record Replace(Body body) implements Verdict {}

    /**
     * It may enter if another document does that is written with it.
     *
     * @param others one of them is enough
     * @param otherwise why it may not, where none of them enters
     */
    record Along(Set<DocId> others, Refuse otherwise) implements Verdict {
      public Along {
        others = Set.copyOf(others);
      }
    }

    /**
     * It is not written.
     *
     * @param error CouchDB's word: {@code forbidden} for those who may never, {@code unauthorized}
     *     for those who should sign in, or whatever the guard has to say
     * @param reason for people
     */
    record Refuse(String error, String reason) implements Verdict {}

    static Refuse forbidden(String reason) {
      return new Refuse("forbidden", reason);
    }

    static Refuse unauthorized(String reason) {
      return new Refuse("unauthorized", reason);
    }
  }
}
