package org.skerry.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;

/**
 * Writes whose placement stands in their body, as a scope rule would read it: {@code
 * {"n":1,"of":"=clinic @patient *"}}. Tombstones inherit.
 */
final class ScopedWrites {
  private static final Pattern OF = Pattern.compile("\"of\":\"([^\"]*)\"");

  private ScopedWrites() {}

  /** A body with those labels. */
  static String json(long n, String... labels) {
    return "{\"n\":" + n + ",\"of\":\"" + String.join(" ", labels) + "\"}";
  }

  /** What stands in a body. */
  static Set<Label> labels(Body body) {
    Set<Label> labels = new HashSet<>();
    Matcher found = OF.matcher(body.toString());
    if (found.find()) {
      Stream.of(found.group(1).split(" "))
          .filter(word -> !word.isEmpty())
          .forEach(word -> labels.add(label(word)));
    }
    return labels;
  }

  private static Label label(String word) {
    String name = word.substring(1);
    return switch (word.charAt(0)) {
      case '=' -> Label.place(name);
      case '@' -> Label.document(DocId.of(name));
      case '*' -> Label.EVERYONE;
      default -> throw new IllegalArgumentException(word);
    };
  }

  static Placement placement(Body body, boolean deleted) {
    return Placement.of(labels(body), deleted, urgency(body));
  }

  /** Of three kinds, whatever stands in the body. */
  static int urgency(Body body) {
    return Math.floorMod(body.toString().hashCode(), 3) * Placement.USUAL / 2;
  }

  static RevisionWrite.Edit create(String id, String json) {
    return edit(id, Optional.empty(), false, json);
  }

  static RevisionWrite.Edit edit(String id, RevId parent, String json) {
    return edit(id, Optional.of(parent), false, json);
  }

  static RevisionWrite.Edit delete(String id, RevId parent) {
    return edit(id, Optional.of(parent), true, "{}");
  }

  static RevisionWrite.Edit edit(String id, Optional<RevId> parent, boolean deleted, String json) {
    Body body = Body.parse(json);
    RevId rev = RevisionHash.next(parent, deleted, body, List.of());
    return new RevisionWrite.Edit(
        DocId.of(id), parent, rev, deleted, body, List.of(), placement(body, deleted));
  }

  /** A revision made elsewhere. */
  static RevisionWrite.Merge merge(DocId id, RevPath path, boolean deleted, Body body) {
    return new RevisionWrite.Merge(id, path, deleted, body, List.of(), placement(body, deleted));
  }

  /** A branch made elsewhere on top of a revision. */
  static RevisionWrite.Merge branch(String id, RevPath known, boolean deleted, String json) {
    Body body = Body.parse(json);
    List<RevId> path = new ArrayList<>(known.revisions());
    path.addFirst(RevisionHash.next(Optional.of(known.newest()), deleted, body, List.of()));
    return merge(DocId.of(id), new RevPath(path), deleted, body);
  }

  /** Lets everything follow, in steps of that size. */
  static void settle(DocumentStore database, int limit) {
    while (database.subsets().step(limit)) {
      // There is more.
    }
  }
}
