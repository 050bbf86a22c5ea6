package org.skerry.http.couch.conflict;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.conflict.Conflicts;
import org.skerry.conflict.InvalidPolicyException;
import org.skerry.conflict.Policy;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchProblems;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{db}/_conflict_policy}: writes the design document that holds the rules. */
final class WritePolicy implements DatabaseEndpoint {
  private final Conflicts conflicts;
  private final Administration administration;

  WritePolicy(Conflicts conflicts, Administration administration) {
    this.conflicts = conflicts;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode json = RequestJson.object(exchange);
    Body body;
    try {
      body = conflicts.withRules(database, json.path("rules"));
    } catch (InvalidPolicyException e) {
      throw HttpProblem.badRequest("invalid_policy", String.valueOf(e.getMessage()));
    }
    JsonNode rev = json.path("_rev");
    Optional<RevId> parent =
        rev.isMissingNode() ? Optional.empty() : Optional.of(Wishes.rev("_rev", rev));
    WriteResult result =
        database.update(
            new NewRevision(DocId.of(Policy.DOCUMENT), parent, false, body, List.of()),
            AccessControl.author(exchange));
    Optional<HttpProblem> problem = CouchProblems.of(result);
    if (problem.isPresent()) {
      throw problem.get();
    }
    administration.note(exchange, AuditAction.CONFLICT_POLICY_CHANGED, database.name());
    RevId written =
        switch (result) {
          case WriteResult.Written now -> now.rev();
          case WriteResult.Present before -> before.rev();
          default -> throw new IllegalStateException("neither written nor refused: " + result);
        };
    exchange.answer(
        JsonAnswer.of(
            201,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeStringProperty("id", Policy.DOCUMENT);
              out.writeStringProperty("rev", written.toString());
              out.writeEndObject();
            }));
  }
}
