package org.skerry.design;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.database.ProposedRevision.Origin;
import org.skerry.database.WriteGuard;
import org.skerry.script.ScriptException;
import tools.jackson.databind.JsonNode;

/**
 * Asks every {@code validate_doc_update} of a database about every document that is written, server
 * administrators' and replicated ones too, as CouchDB does ({@code couch_db:validate_doc_update}).
 * Design documents themselves are written by administrators, and must have the right form.
 */
final class Validation implements WriteGuard {
  private static final String NOT_ADMIN = "You are not a db or server admin.";

  private final Designs designs;
  private final DesignCheck check;

  Validation(Designs designs, DesignCheck check) {
    this.designs = designs;
    this.check = check;
  }

  @Override
  public boolean watches(Database database) {
    return !designs.validators(database).isEmpty();
  }

  @Override
  public boolean watchesDesigns(Database database) {
    return true;
  }

  @Override
  public Verdict judge(Database database, ProposedRevision revision, Author author) {
    if (revision.id().isDesign()) {
      return design(database, revision, author);
    }
    byte[] document = FunctionJson.proposed(revision);
    Optional<byte[]> previous =
        revision.previous().map(found -> FunctionJson.stored(revision.id(), found));
    JsonNode userCtx = FunctionJson.userCtx(database, author);
    JsonNode secObj = FunctionJson.secObj(database);
    for (DesignFunctions design : designs.validators(database)) {
      try {
        design.script().validate(document, previous, userCtx, secObj);
      } catch (ScriptException e) {
        return refusal(e);
      }
    }
    return Verdict.PASS;
  }

  private Verdict design(Database database, ProposedRevision revision, Author author) {
    boolean admin =
        author.isServerAdmin()
            || author.name().isPresent()
                && database.security().isAdmin(author.name().get(), author.roles());
    if (!admin) {
      return author.name().isPresent()
          ? Verdict.forbidden(NOT_ADMIN)
          : Verdict.unauthorized(NOT_ADMIN);
    }
    if (revision.deleted()) {
      return Verdict.PASS;
    }
    // What was made elsewhere is kept although its functions may use what this node does not know:
    // it may be on its way to one that does.
    boolean compile = revision.origin() == Origin.EDIT;
    return check.problem(revision.body(), compile).<Verdict>map(p -> p).orElse(Verdict.PASS);
  }

  /** As {@code couch_query_servers:validate_doc_update} reads what a function threw. */
  private static Verdict refusal(ScriptException e) {
    Optional<JsonNode> thrown = e.thrown();
    if (thrown.isPresent()) {
      return refusal(thrown.get());
    }
    String error =
        switch (e.kind()) {
          case THROWN -> e.name();
          case COMPILE -> "compilation_error";
          case MISSING -> "not_found";
          case TIMEOUT -> "timeout";
          case MEMORY, STACK, OUTPUT -> "function_exhausted";
        };
    return new Verdict.Refuse(error, String.valueOf(e.getMessage()));
  }

  private static Verdict refusal(JsonNode thrown) {
    for (String word : new String[] {"forbidden", "unauthorized"}) {
      JsonNode reason = thrown.path(word);
      if (!reason.isMissingNode()) {
        return new Verdict.Refuse(word, text(reason));
      }
    }
    Iterator<Map.Entry<String, JsonNode>> members = thrown.properties().iterator();
    JsonNode reason = members.hasNext() ? members.next().getValue() : thrown;
    return new Verdict.Refuse("unknown_error", text(reason));
  }

  private static String text(JsonNode reason) {
    return reason.isString() ? reason.asString() : reason.toString();
  }
}
