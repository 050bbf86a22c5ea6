package org.skerry.http.couch.conflict;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.conflict.Desk.Wish;
import org.skerry.conflict.SettleResult;
import org.skerry.database.Database;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchProblems;
import org.skerry.http.couch.admin.Administration;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;

/** What people want done about conflicts: read from requests, noted when it was done. */
final class Wishes {
  private static final int LONGEST_COMMENT = 2_000;

  private final Administration administration;

  Wishes(Administration administration) {
    this.administration = administration;
  }

  /** The wish of a request about one document. Design documents are their administrators'. */
  Wish read(Exchange exchange, Database database, DocId id, JsonNode json, JsonNode commented) {
    if (id.isDesign()) {
      AccessControl.checkDatabaseAdmin(exchange.user(), database);
    }
    return new Wish(
        id, leaves(json.path("leaves")), AccessControl.author(exchange), comment(commented));
  }

  private static Optional<Set<RevId>> leaves(JsonNode list) {
    if (list.isMissingNode()) {
      return Optional.empty();
    }
    if (!list.isArray()) {
      throw bad("`leaves` must be an array of revisions");
    }
    Set<RevId> revs = new HashSet<>();
    for (JsonNode rev : list) {
      revs.add(rev("leaves", rev));
    }
    return Optional.of(revs);
  }

  static RevId rev(String member, JsonNode rev) {
    if (!rev.isString()) {
      throw bad("`" + member + "` must be a revision");
    }
    return RevId.parse(rev.stringValue());
  }

  private static Optional<String> comment(JsonNode json) {
    JsonNode comment = json.path("comment");
    if (comment.isMissingNode()) {
      return Optional.empty();
    }
    if (!comment.isString() || comment.stringValue().length() > LONGEST_COMMENT) {
      throw bad("`comment` must be a text of at most " + LONGEST_COMMENT + " characters");
    }
    return Optional.of(comment.stringValue());
  }

  static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }

  /** Notes what was done. */
  void note(
      Exchange exchange, Database database, AuditAction action, Wish wish, SettleResult.Done done) {
    AuditEvent event =
        new AuditEvent(action, Administration.actor(exchange), database.name())
            .with("document", wish.id().text())
            .with("settlement", done.into().toString());
    administration
        .audit()
        .record(wish.comment().map(text -> event.with("comment", text)).orElse(event));
  }

  /** What a client is told of a wish that was not fulfilled. */
  static HttpProblem problem(SettleResult result) {
    return switch (result) {
      case SettleResult.Done done -> throw new IllegalArgumentException("it was done");
      case SettleResult.Planned plan -> throw new IllegalArgumentException("it can be done");
      case SettleResult.Moved moved ->
          new HttpProblem(409, "conflict", "The document has other leaves by now.");
      case SettleResult.Open open -> bad(open.reason());
      case SettleResult.Nothing nothing -> HttpProblem.notFound(nothing.reason());
      case SettleResult.Bad bad -> bad(bad.reason());
      case SettleResult.Refused(String error, String reason) ->
          CouchProblems.of(new WriteResult.Forbidden(error, reason)).orElseThrow();
    };
  }
}
