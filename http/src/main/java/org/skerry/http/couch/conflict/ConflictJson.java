package org.skerry.http.couch.conflict;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.Conflict;
import org.skerry.conflict.ConflictRow;
import org.skerry.conflict.Proposal;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.conflict.merge.Json;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import tools.jackson.core.JsonGenerator;

/** Writes one conflict. Used once. */
final class ConflictJson {
  private final JsonGenerator out;
  private final Conflict conflict;
  private final Optional<ConflictRow> row;

  ConflictJson(JsonGenerator out, Conflict conflict, Optional<ConflictRow> row) {
    this.out = out;
    this.conflict = conflict;
    this.row = row;
  }

  void write() {
    Proposal proposal = conflict.proposal();
    ConflictRow.State state =
        conflict.held()
            ? ConflictRow.State.HELD
            : row.map(ConflictRow::state).orElse(ConflictRow.State.OPEN);
    out.writeStartObject();
    out.writeStringProperty("id", conflict.id().text());
    out.writeStringProperty("kind", conflict.kind());
    row.map(ConflictRow::since)
        .ifPresent(
            time ->
                out.writeStringProperty("since", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    out.writeStringProperty("state", state.text());
    out.writeStringProperty("reason", row.map(ConflictRow::reason).orElseGet(proposal::reason));
    out.writeName("ancestor");
    writeAncestor(proposal);
    out.writeArrayPropertyStart("leaves");
    for (int i = 0; i < conflict.leaves().size(); i++) {
      out.writeStartObject();
      RevId rev = conflict.leaves().get(i);
      out.writeStringProperty("rev", rev.toString());
      out.writeBooleanProperty("winner", i == 0);
      out.writeName("doc");
      write(rev, conflict.contents().get(i));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("members");
    proposal.decisions().forEach(this::write);
    out.writeEndArray();
    out.writeName("proposal");
    write(proposal);
    out.writeEndObject();
  }

  private void writeAncestor(Proposal proposal) {
    out.writeStartObject();
    if (proposal.ancestor().isPresent()) {
      RevId rev = proposal.ancestor().get();
      out.writeStringProperty("rev", rev.toString());
      if (proposal.ancestorContent().isPresent()) {
        out.writeName("doc");
        write(rev, proposal.ancestorContent().get());
      }
    } else {
      out.writeNullProperty("rev");
    }
    out.writeEndObject();
  }

  private void write(RevId rev, Content content) {
    DocumentJson.write(
        out,
        conflict.id(),
        new StoredRevision(rev, false, content.body(), content.attachments()),
        DocumentExtras.NONE);
  }

  private void write(Decision decision) {
    List<String> absent = new ArrayList<>();
    out.writeStartObject();
    out.writeStringProperty("path", decision.place().toString());
    out.writeStringProperty("way", decision.way().text());
    out.writeBooleanProperty("open", decision.open());
    out.writeName("ancestor");
    writeValue(decision.base());
    if (decision.base().isEmpty()) {
      absent.add("ancestor");
    }
    out.writeArrayPropertyStart("values");
    for (int i = 0; i < decision.sides().size(); i++) {
      writeValue(decision.sides().get(i));
      if (decision.sides().get(i).isEmpty()) {
        absent.add(conflict.leaves().get(i).toString());
      }
    }
    out.writeEndArray();
    if (!decision.open()) {
      writeResult(decision);
    }
    if (!absent.isEmpty()) {
      ListConflicts.texts(out, "absent", absent);
    }
    out.writeEndObject();
  }

  private void writeResult(Decision decision) {
    if (decision.result().isPresent()) {
      out.writeName("result");
      decision.result().get().write(out);
    } else {
      out.writeBooleanProperty("removed", true);
    }
    ListConflicts.texts(
        out,
        "from",
        decision.from().stream().map(side -> conflict.leaves().get(side).toString()).toList());
  }

  private void writeValue(Optional<Json> value) {
    if (value.isPresent()) {
      value.get().write(out);
    } else {
      out.writeNull();
    }
  }

  private void write(Proposal proposal) {
    out.writeStartObject();
    proposal
        .by()
        .ifPresent(
            by -> {
              out.writeStringProperty("policy", by.version().toString());
              out.writeStringProperty("rule", by.name());
            });
    out.writeStringProperty("method", proposal.method());
    out.writeBooleanProperty("complete", proposal.isComplete());
    ListConflicts.texts(out, "open", proposal.open());
    out.writeName("doc");
    out.writeStartObject();
    out.writeStringProperty("_id", conflict.id().text());
    proposal
        .content()
        .document()
        .members()
        .forEach(
            (name, value) -> {
              out.writeName(name);
              value.write(out);
            });
    out.writeEndObject();
    out.writeEndObject();
  }
}
