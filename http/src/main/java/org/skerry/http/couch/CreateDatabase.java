package org.skerry.http.couch;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.skerry.audit.AuditAction;
import org.skerry.database.Database;
import org.skerry.database.DatabaseOptions;
import org.skerry.database.Databases;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.admin.Administration;

/**
 * {@code PUT /{db}}. How CouchDB would spread it over a cluster ({@code q}, {@code n}) is checked
 * and not used. {@code append_only=true} is Skerry's own.
 */
final class CreateDatabase implements Endpoint {
  private final Databases databases;
  private final Administration administration;

  CreateDatabase(Databases databases, Administration administration) {
    this.databases = databases;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String name = exchange.variable("db");
    checkPositive(exchange.query(), "q");
    checkPositive(exchange.query(), "n");
    if (exchange.query().flag("partitioned")) {
      throw HttpProblem.badRequest("bad_request", "Partitioned feature is not enabled.");
    }
    boolean appendOnly = exchange.query().flag("append_only");
    Database created =
        databases
            .create(name)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        412,
                        "file_exists",
                        "The database could not be created, the file already exists."));
    if (appendOnly) {
      created.options(new DatabaseOptions(true));
    }
    administration.note(exchange, AuditAction.DATABASE_CREATED, name);
    exchange.answer(
        JsonAnswer.ok(201)
            .with(
                "Location",
                exchange.baseUrl() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
  }

  private static void checkPositive(Query query, String parameter) {
    query
        .text(parameter)
        .filter(value -> !value.matches("[1-9][0-9]{0,8}"))
        .ifPresent(
            value -> {
              throw HttpProblem.badRequest(
                  "bad_request", "The `" + parameter + "` value should be a positive integer.");
            });
  }
}
