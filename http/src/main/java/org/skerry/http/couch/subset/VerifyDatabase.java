package org.skerry.http.couch.subset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Difference;
import org.skerry.fingerprint.Fingerprints;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.site.Centre;
import org.skerry.replication.site.SiteCheck;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * {@code POST /{db}/_verify}: whether the database holds what its centre says, and which documents
 * differ; {@code {"repair": ["id", …]}} lets those be pulled and pushed first. Where there are
 * several centres, {@code {"centre": "http://…"}} says which.
 */
final class VerifyDatabase implements Endpoint {
  /** So many differences are told, and so many repaired together. */
  private static final int MOST = 1_000;

  private final SiteCheck check;
  private final Databases databases;
  private final Fingerprints fingerprints;
  private final Administration administration;

  VerifyDatabase(
      SiteCheck check,
      Databases databases,
      Fingerprints fingerprints,
      Administration administration) {
    this.check = check;
    this.databases = databases;
    this.fingerprints = fingerprints;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    JsonNode request = RequestJson.optionalObject(exchange).orElse(MissingNode.getInstance());
    String name = exchange.variable("db");
    Database database =
        databases.find(name).orElseThrow(() -> HttpProblem.notFound("Database does not exist."));
    Centre centre = centre(name, named(request.path("centre")));
    try {
      OptionalLong refused = repair(exchange, centre, request.path("repair"));
      Optional<String> site = check.site(centre);
      Comparison.Result result = check.compare(centre, fingerprints, database, MOST);
      exchange.answer(JsonAnswer.of(200, out -> write(out, centre, site, result, refused)));
    } catch (PeerException e) {
      throw new HttpProblem(502, "bad_gateway", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is shutting down");
    }
  }

  private static Optional<String> named(JsonNode centre) {
    if (centre.isMissingNode()) {
      return Optional.empty();
    }
    if (!centre.isString()) {
      throw HttpProblem.badRequest("bad_request", "`centre` must be a centre's URL.");
    }
    return Optional.of(centre.stringValue());
  }

  private Centre centre(String database, Optional<String> named) {
    return check.centres().stream()
        .filter(centre -> centre.database().equals(database))
        .filter(centre -> named.isEmpty() || isNamed(centre, named.get()))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.notFound(
                    "No document of _replicator pulls all of this database from a centre."));
  }

  private static boolean isNamed(Centre centre, String url) {
    String name = centre.source().name();
    return name.equals(url) || name.equals(url + "/");
  }

  private OptionalLong repair(Exchange exchange, Centre centre, JsonNode list)
      throws InterruptedException {
    if (list.isMissingNode()) {
      return OptionalLong.empty();
    }
    List<String> ids = new ArrayList<>();
    list.forEach(id -> ids.add(id.isString() ? id.stringValue() : ""));
    if (!list.isArray() || ids.isEmpty() || ids.size() > MOST || ids.contains("")) {
      throw HttpProblem.badRequest(
          "bad_request", "`repair` must be a list of at most " + MOST + " ids.");
    }
    administration.note(
        exchange,
        AuditAction.REPLICATION_STARTED,
        "repair of " + ids.size() + " in " + centre.database() + " with " + centre.source().name());
    return OptionalLong.of(check.repair(centre, ids, AccessControl.author(exchange)));
  }

  private static void write(
      JsonGenerator out,
      Centre centre,
      Optional<String> site,
      Comparison.Result result,
      OptionalLong refused) {
    out.writeStartObject();
    out.writeStringProperty("db", centre.database());
    out.writeStringProperty("centre", centre.source().name());
    site.ifPresent(known -> out.writeStringProperty("site", known));
    out.writeBooleanProperty("equal", result.equal());
    out.writeBooleanProperty("complete", result.complete());
    out.writeNumberProperty("asked", result.asked());
    refused.ifPresent(count -> out.writeNumberProperty("refused", count));
    out.writeArrayPropertyStart("documents");
    for (Difference one : result.differences()) {
      out.writeStartObject();
      out.writeStringProperty("id", one.id());
      leaves(out, "here", one.here());
      leaves(out, "there", one.there());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void leaves(JsonGenerator out, String name, List<String> leaves) {
    out.writeArrayPropertyStart(name);
    leaves.forEach(out::writeString);
    out.writeEndArray();
  }
}
