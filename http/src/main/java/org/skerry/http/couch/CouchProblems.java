package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.attachment.AttachmentMismatchException;
import org.skerry.attachment.AttachmentTooLargeException;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.changes.InvalidSinceException;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.database.InvalidSecurityException;
import org.skerry.database.WriteResult;
import org.skerry.design.DesignMissingException;
import org.skerry.document.BadDocumentException;
import org.skerry.http.HttpProblem;
import org.skerry.index.IndexBuildCancelledException;
import org.skerry.mango.DesignRefusedException;
import org.skerry.mango.MangoException;
import org.skerry.replication.InvalidReplicationException;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.script.ScriptException;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.BadSearchException;
import org.skerry.search.DesignIndexes;
import org.skerry.search.SearchBuildCancelledException;
import org.skerry.search.SearchUnavailableException;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.OutOfHandlesException;
import org.skerry.store.StoreFullException;

/**
 * The one place where what the engine refuses becomes a status with CouchDB's {@code error} and
 * {@code reason}; for whole answers and for the rows of a bulk alike.
 */
public final class CouchProblems {
  /** Clients compare it as a whole, so what was found and expected cannot follow here. */
  private static final String BAD_REV = "Invalid rev format";

  /** Where the node keeps its data is not for clients: the log says it. */
  private static final String FULL =
      "The disk of this node is full. Nothing of this was written; writing goes on as soon as its"
          + " administrator has made room";

  private static final String CANCELLED = "index_build_cancelled";

  private static final String NO_HANDLES =
      "The node has no file handles left. Nothing of this was done; try again later.";

  private CouchProblems() {}

  /** What the client is told of a refusal; nothing for exceptions that are no refusals. */
  public static Optional<HttpProblem> of(RuntimeException refusal) {
    return switch (refusal) {
      case HttpProblem problem -> Optional.of(problem);
      case BadDocumentException bad -> Optional.of(of(bad));
      case InvalidRevIdException bad -> Optional.of(HttpProblem.badRequest("bad_request", BAD_REV));
      case BadAttachmentException bad ->
          Optional.of(HttpProblem.badRequest("bad_request", message(bad)));
      case AttachmentMismatchException bad ->
          Optional.of(HttpProblem.badRequest("content_md5_mismatch", message(bad)));
      case AttachmentTooLargeException large ->
          Optional.of(new HttpProblem(413, "attachment_too_large", message(large)));
      case InvalidDatabaseNameException bad ->
          Optional.of(HttpProblem.badRequest("illegal_database_name", message(bad)));
      case InvalidSecurityException bad ->
          Optional.of(HttpProblem.badRequest("bad_request", message(bad)));
      case InvalidSinceException bad ->
          Optional.of(HttpProblem.badRequest("bad_request", message(bad)));
      case InvalidSelectorException bad ->
          Optional.of(HttpProblem.badRequest(bad.error(), message(bad)));
      case MangoException bad -> Optional.of(of(bad));
      case DesignRefusedException refused -> of(refused.refusal());
      case BadSearchException bad ->
          Optional.of(HttpProblem.badRequest("bad_request", message(bad)));
      case BadIndexFunctionException bad ->
          Optional.of(HttpProblem.badRequest("compilation_error", message(bad)));
      case DesignIndexes.BadDefinitionException bad ->
          Optional.of(HttpProblem.badRequest("invalid_design_doc", message(bad)));
      case IndexBuildCancelledException cancelled ->
          Optional.of(new HttpProblem(503, CANCELLED, message(cancelled)));
      case SearchBuildCancelledException cancelled ->
          Optional.of(new HttpProblem(503, CANCELLED, message(cancelled)));
      case SearchUnavailableException down ->
          Optional.of(new HttpProblem(503, "service_unavailable", message(down)));
      case InvalidReplicationException bad ->
          Optional.of(HttpProblem.badRequest("bad_request", message(bad)));
      case StoreFullException full ->
          Optional.of(new HttpProblem(507, "insufficient_storage", FULL));
      case OutOfHandlesException busy ->
          Optional.of(new HttpProblem(503, "service_unavailable", NO_HANDLES));
      case DesignMissingException missing -> Optional.of(HttpProblem.notFound(message(missing)));
      case ScriptException failure -> Optional.of(ScriptProblems.of(failure));
      case DatabaseGoneException gone ->
          Optional.of(HttpProblem.notFound("Database does not exist."));
      default -> Optional.empty();
    };
  }

  private static HttpProblem of(MangoException bad) {
    int status =
        switch (bad.kind()) {
          case BAD_REQUEST -> 400;
          case NOT_FOUND -> 404;
          case FAILED -> 500;
          case UNAVAILABLE -> 503;
        };
    return new HttpProblem(status, bad.error(), message(bad));
  }

  private static HttpProblem of(BadDocumentException bad) {
    return switch (bad.kind()) {
      case BAD_JSON, NOT_AN_OBJECT -> HttpProblem.badRequest("bad_request", message(bad));
      case BAD_REV ->
          HttpProblem.badRequest(
              "bad_request", message(bad).startsWith(BAD_REV) ? BAD_REV : message(bad));
      case BAD_SPECIAL_MEMBER -> HttpProblem.badRequest("doc_validation", message(bad));
      case BAD_ID -> HttpProblem.badRequest("illegal_docid", message(bad));
      case TOO_LARGE -> new HttpProblem(413, "document_too_large", message(bad));
    };
  }

  /** What the client is told of a write that was refused; nothing for one that is here now. */
  public static Optional<HttpProblem> of(WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> Optional.empty();
      case WriteResult.Present present -> Optional.empty();
      case WriteResult.Conflict conflict -> Optional.of(HttpProblem.conflict());
      case WriteResult.MissingStub missing ->
          Optional.of(
              new HttpProblem(
                  412,
                  "missing_stub",
                  "Invalid attachment stub in " + missing.id() + " for " + missing.attachment()));
      case WriteResult.Forbidden(String error, String reason) ->
          Optional.of(new HttpProblem(refusalStatus(error), error, reason));
    };
  }

  /** As {@code chttpd:error_info}: what a function throws besides these is the server's fault. */
  private static int refusalStatus(String error) {
    return switch (error) {
      case "forbidden" -> 403;
      case "unauthorized" -> 401;
      case "bad_request", "compilation_error", "invalid_design_doc", "doc_validation" -> 400;
      default -> 500;
    };
  }

  private static String message(RuntimeException refusal) {
    return String.valueOf(refusal.getMessage());
  }
}
