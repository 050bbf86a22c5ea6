package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * What a site is told instead of a revision that it had to give back, in words that every replica
 * of CouchDB's protocol understands.
 *
 * <p>A document that leaves a site is not deleted, but the device is to remove its copy. So the
 * site's feed names a tombstone behind each revision that the site had: the revision's <i>echo</i>.
 * When the document comes back, a second echo behind the first is live again and has the revision's
 * content; and so on. Echoes exist in that site's feed and on its device alone: their names follow
 * from document and parent, so every node recognises one and never takes it for an edit.
 *
 * @param base the revision
 * @param depth how many echoes stand behind it, from 1; odd: the last is a tombstone
 * @param ancestors the base's, newest first, where the document does not know them any more: a
 *     device that is behind has one of them, and removes it because of what stands behind
 */
public record Echo(RevId base, int depth, List<RevId> ancestors) {
  private static final byte[] GONE = "skerry echo gone\n".getBytes(StandardCharsets.US_ASCII);

  /** So often a document may come and go until its echoes are recognised by their branch alone. */
  private static final int MOST_GUESSED = 64;

  /** So many changes a device may be behind when the document leaves it by a purge. */
  private static final int MOST_ANCESTORS = 100;

  private static final byte[] BACK = "skerry echo back\n".getBytes(StandardCharsets.US_ASCII);

  public Echo {
    ancestors = List.copyOf(ancestors);
  }

  /** An echo of a revision whose ancestors the document knows, if anybody does. */
  public Echo(RevId base, int depth) {
    this(base, depth, List.of());
  }

  /** Whether the last echo is a tombstone. */
  public boolean gone() {
    return depth % 2 == 1;
  }

  /** One echo further. */
  public Echo next() {
    return new Echo(base, depth + 1, ancestors);
  }

  /** The last echo's name. */
  public RevId rev(DocId id) {
    return chain(id).getFirst();
  }

  /** All echoes, newest first, without the base. */
  public List<RevId> chain(DocId id) {
    List<RevId> chain = new ArrayList<>();
    RevId parent = base;
    for (int i = 1; i <= depth; i++) {
      parent = behind(id, parent, i % 2 == 1);
      chain.addFirst(parent);
    }
    return chain;
  }

  /** The same when the document forgets that branch. */
  Echo remembering(RevPath baseAndAncestors) {
    List<RevId> revs = baseAndAncestors.revisions();
    return new Echo(base, depth, revs.subList(1, Math.min(revs.size(), MOST_ANCESTORS + 1)));
  }

  /**
   * The branch from the last echo back to what is known of the base's ancestors.
   *
   * @param known the base with its ancestors, if the document has it
   */
  public RevPath path(DocId id, Optional<RevPath> known) {
    List<RevId> path = new ArrayList<>(chain(id));
    if (known.isPresent()) {
      path.addAll(known.get().revisions());
    } else {
      path.add(base);
      path.addAll(ancestors);
    }
    return new RevPath(path.subList(0, Math.min(path.size(), RevPath.MAX_LENGTH)));
  }

  /** The name of the echo behind a revision. */
  static RevId behind(DocId id, RevId parent, boolean gone) {
    // A body that no document can have, since it is no object: so no edit ever gets this name.
    byte[] word = gone ? GONE : BACK;
    byte[] content = Arrays.copyOf(word, word.length + id.utf8().length);
    System.arraycopy(id.utf8(), 0, content, word.length, id.utf8().length);
    List<AttachmentRef> none = List.of();
    return RevisionHash.next(Optional.of(parent), gone, Body.ofTrusted(content), none);
  }

  /**
   * Finds out whether the newest revision of a branch is an echo.
   *
   * @return the echo with its base, or nothing when the revision was made by an author
   */
  public static Optional<Echo> of(DocId id, RevPath path) {
    List<RevId> revs = path.revisions();
    int depth = 0;
    while (depth + 1 < revs.size() && isEcho(id, revs.get(depth), revs.get(depth + 1))) {
      depth++;
    }
    // From the base on, echoes take turns, a tombstone first.
    return depth > 0 && behind(id, revs.get(depth), true).equals(revs.get(depth - 1))
        ? Optional.of(new Echo(revs.get(depth), depth))
        : Optional.empty();
  }

  /**
   * Finds out whether a revision, of which nothing is known but its name, is an echo of one of
   * these.
   *
   * @param bases revisions of the same document
   */
  public static Optional<Echo> find(DocId id, RevId rev, Collection<RevId> bases) {
    return bases.stream()
        .filter(base -> rev.generation() - base.generation() <= MOST_GUESSED)
        .filter(base -> rev.generation() > base.generation())
        .map(base -> new Echo(base, rev.generation() - base.generation()))
        .filter(echo -> echo.rev(id).equals(rev))
        .findFirst();
  }

  private static boolean isEcho(DocId id, RevId rev, RevId parent) {
    return rev.equals(behind(id, parent, true)) || rev.equals(behind(id, parent, false));
  }
}
