package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.UserContext;
import org.skerry.http.access.AccessSettings;
import org.skerry.http.access.UserDocuments;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * Who sees which document of the users' database: administrators all, users their own, and of
 * others what the configuration makes public; nobody learns whether another user exists. What may
 * be written stands at {@link org.skerry.http.access.UserDocumentRules}.
 */
final class UserDocumentAccess {
  private final Supplier<AccessSettings> settings;

  UserDocumentAccess(Supplier<AccessSettings> settings) {
    this.settings = settings;
  }

  /** The endpoint, for those who may use it on the document that the path names. */
  DatabaseEndpoint guarding(DocumentPath path, DatabaseEndpoint endpoint) {
    return (exchange, database) -> {
      if (!AccessControl.isOfUsers(database)
          || AccessControl.isDatabaseAdmin(exchange.user(), database)) {
        endpoint.handle(exchange, database);
      } else {
        handle(exchange, database, path.id(exchange), endpoint);
      }
    };
  }

  private void handle(Exchange exchange, Database database, DocId id, DatabaseEndpoint endpoint)
      throws IOException {
    UserContext user = exchange.user();
    if (id.isDesign() || id.isLocal()) {
      throw HttpProblem.forbidden(
          "Only administrators can view design docs in the users database.");
    }
    Optional<String> owner = UserDocuments.name(id.text());
    boolean own = user.isSignedIn() && owner.equals(user.name());
    boolean registering =
        !user.isSignedIn()
            && exchange.method() == Method.PUT
            && owner.isPresent()
            && settings.get().selfRegistration();
    if (own || registering) {
      endpoint.handle(exchange, database);
    } else if (user.isSignedIn() && exchange.method() == Method.GET) {
      showPublic(exchange, database, id);
    } else if (user.isSignedIn()) {
      throw HttpProblem.notFound("missing");
    } else {
      throw HttpProblem.unauthorized("You are not authorized to access this db.");
    }
  }

  private void showPublic(Exchange exchange, Database database, DocId id) throws IOException {
    Set<String> members = settings.get().publicFields();
    if (members.isEmpty()) {
      throw HttpProblem.notFound("missing");
    }
    StoredDocument document = new DocumentReading(database.store()).live(id, Fields.WINNER);
    JsonNode body = UserDocuments.JSON.readTree(document.revisions().getFirst().body().json());
    if (members.stream().noneMatch(body::has)) {
      throw HttpProblem.notFound("missing");
    }
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("_id", id.text());
              out.writeStringProperty("_rev", document.winner().rev().toString());
              members.stream()
                  .filter(body::has)
                  .forEach(
                      member -> {
                        out.writeName(member);
                        out.writeRawValue(body.path(member).toString());
                      });
              out.writeEndObject();
            }));
  }
}
