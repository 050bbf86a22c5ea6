package org.skerry.mango;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.selector.Candidate;
import org.skerry.selector.Selector;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.node.ObjectNode;

/** Tests documents against a query's selector, and makes what the answer shows of them. */
final class Matcher {
  private final FindRequest request;
  private final Selector selector;
  private final Projection projection;

  Matcher(FindRequest request) {
    this.request = request;
    this.selector = request.selector();
    this.projection = new Projection(request.fields());
  }

  /** What is shown of a stored document; nothing when it does not match. */
  Optional<Found> match(StoredDocument document) {
    if (document.deleted()) {
      return Optional.empty();
    }
    StoredRevision winner = document.revisions().getFirst();
    List<RevId> conflicts = request.conflicts() ? conflicts(document) : List.of();
    Candidate candidate =
        new Candidate(
            document.id(), winner.rev(), false, winner.attachments(), conflicts, winner.body());
    return selector.matches(candidate)
        ? Optional.of(shown(document.id(), winner, conflicts))
        : Optional.empty();
  }

  private static List<RevId> conflicts(StoredDocument document) {
    return document.leaves().stream()
        .skip(1)
        .filter(leaf -> !leaf.deleted())
        .map(Leaf::rev)
        .toList();
  }

  private Found shown(DocId id, StoredRevision winner, List<RevId> conflicts) {
    if (request.showsAll()) {
      return new Found.Whole(id, winner, conflicts);
    }
    if (projection.isPlain()) {
      return new Found.Members(
          projection.of(
              winner.body().json(),
              Map.of(
                  "_id", RawValue.of(Projection.text(id.text())),
                  "_rev", RawValue.of(Projection.text(winner.rev().toString())))));
    }
    byte[] whole =
        JsonOut.bytes(
            out ->
                DocumentJson.write(out, id, winner, DocumentExtras.NONE.withConflicts(conflicts)));
    return new Found.Members(projection.of(whole, Map.of()));
  }

  /** What is shown of a document of which the index knows enough. */
  Optional<Found> match(ObjectNode document) {
    return selector.matches(document)
        ? Optional.of(
            new Found.Members(
                projection.of(document.toString().getBytes(StandardCharsets.UTF_8), Map.of())))
        : Optional.empty();
  }
}
