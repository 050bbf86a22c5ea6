package org.skerry.postgres.old;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.StoredRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code model.M.synchronise}: what a satellite did, as revisions. The old engine threw an edit
 * away when its time was the older one, and said that it was accepted; here each edit follows the
 * revision on which it was made, and stands as a conflict beside what others did meanwhile.
 *
 * <p>A row does not say on which revision it was made. It is the one that the satellite surely has,
 * or one that was sent to it since: that, if the row says what is new in it.
 */
final class Taking {
  private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

  private final Model model;
  private final Database database;
  private final Ledger ledger;
  private final Author author;
  private final List<Wire> accepted = new ArrayList<>();

  Taking(Model model, Database database, Ledger ledger, Author author) {
    this.model = model;
    this.database = database;
    this.ledger = ledger;
    this.author = author;
  }

  /** A row on its way to become a revision. */
  private record Step(
      Wire unique,
      String document,
      LocalDateTime time,
      RevId rev,
      Optional<ForeignRevision> made) {}

  /** Takes rows in. Returns the unique ids of those that are here now. */
  List<Wire> take(List<Wire.Struct> rows) {
    List<Wire.Struct> left = rows;
    while (!left.isEmpty()) {
      // A row that comes twice follows itself.
      Map<String, Wire.Struct> round = new LinkedHashMap<>();
      List<Wire.Struct> later = new ArrayList<>();
      for (Wire.Struct row : left) {
        Optional<String> document = model.document(row.get(model.uniqueColumn()));
        if (document.isEmpty()) {
          LOG.warn("a row of {} came without {}", model.type(), model.uniqueColumn());
        } else if (round.putIfAbsent(document.get(), row) != null) {
          later.add(row);
        }
      }
      round(round);
      left = later;
    }
    return accepted;
  }

  private void round(Map<String, Wire.Struct> rows) {
    Map<String, Known> known = ledger.known(rows.keySet());
    Revisions revisions = Revisions.of(database, rows.keySet(), known);
    List<Step> steps = new ArrayList<>();
    Set<String> unmapped = new HashSet<>();
    rows.forEach(
        (document, row) -> {
          unmapped.addAll(model.unmapped(row));
          steps.add(step(document, row, known.getOrDefault(document, Known.NOTHING), revisions));
        });
    if (!unmapped.isEmpty()) {
      LOG.debug("members of {} that no column is mapped for: {}", model.type(), unmapped);
    }
    List<Step> made = steps.stream().filter(step -> step.made().isPresent()).toList();
    List<WriteResult> results =
        database.merge(made.stream().map(step -> step.made().get()).toList(), author);
    Set<String> refused = new HashSet<>();
    for (int i = 0; i < made.size(); i++) {
      if (!(results.get(i) instanceof WriteResult.Written
          || results.get(i) instanceof WriteResult.Present)) {
        LOG.info("{} came and is refused: {}", made.get(i).document(), results.get(i));
        refused.add(made.get(i).document());
      }
    }
    for (Step step : steps) {
      if (!refused.contains(step.document())) {
        ledger.put(step.document(), Known.has(step.rev(), step.time()));
        ledger.confirmed(step.document());
        accepted.add(step.unique());
      }
    }
    ledger.commit();
  }

  private Step step(String document, Wire.Struct row, Known known, Revisions revisions) {
    Optional<StoredRevision> before = before(document, row, known, revisions);
    Optional<StoredRevision> winner = revisions.winner(document);
    Wire unique = row.get(model.uniqueColumn());
    LocalDateTime time = Model.time(row);
    for (Optional<StoredRevision> there : List.of(before, winner)) {
      if (there.filter(one -> isSame(row, one)).isPresent()) {
        return new Step(unique, document, time, there.get().rev(), Optional.empty());
      }
    }
    Optional<Body> earlier = before.map(StoredRevision::body);
    Model.Said said = model.said(row, earlier);
    List<AttachmentRef> attachments = Revisions.attachments(before);
    Body body = said.body(earlier);
    Optional<RevId> parent = Revisions.rev(before);
    RevId rev = RevisionHash.next(parent, said.deleted(), body, attachments);
    RevPath path = parent.map(one -> RevPath.of(rev, one)).orElseGet(() -> RevPath.of(rev));
    ForeignRevision made =
        new ForeignRevision(
            DocId.of(document),
            path,
            said.deleted(),
            body,
            attachments.stream().<AttachmentInput>map(AttachmentInput.Stored::new).toList());
    return new Step(unique, document, time, rev, Optional.of(made));
  }

  private boolean isSame(Wire.Struct row, StoredRevision there) {
    Model.Said said = model.said(row, Optional.of(there.body()));
    return said.deleted() == there.deleted()
        && (said.deleted() || Model.isSame(said, there.body()));
  }

  /** The revision on which a row was made. */
  private Optional<StoredRevision> before(
      String document, Wire.Struct row, Known known, Revisions revisions) {
    Optional<StoredRevision> seen = revisions.revision(document, known.seen());
    Optional<StoredRevision> sent = revisions.revision(document, known.sent());
    return sent.filter(there -> model.says(row, there, seen)).or(() -> seen);
  }
}
