package org.skerry.http.couch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.AnswerHead;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.store.DatabaseGoneException;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** {@code GET} and {@code POST /_dbs_info}: what databases say of themselves, several at once. */
final class DbsInfo implements Endpoint {
  /** CouchDB's max_db_number_for_dbs_info_req. */
  private static final int MOST = 100;

  private final Databases databases;
  private final DatabaseInfo info;

  DbsInfo(Databases databases, DatabaseInfo info) {
    this.databases = databases;
    this.info = info;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    boolean named = exchange.method() == Method.POST;
    List<String> names = named ? keys(exchange) : AllDatabases.names(databases, exchange.query());
    OutputStream stream = exchange.stream(AnswerHead.json(200));
    JsonGenerator out = JsonOut.into(stream);
    out.writeStartArray();
    for (String name : names) {
      Optional<Database> found = find(name);
      if (found.isPresent() || named) {
        write(out, name, found);
      }
    }
    out.writeEndArray();
    out.writeRaw('\n');
    out.close();
    stream.close();
  }

  private static List<String> keys(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode keys = RequestJson.object(exchange).path("keys");
    if (keys.isMissingNode()) {
      throw HttpProblem.badRequest("bad_request", "`keys` member must exist.");
    }
    if (!keys.isArray()) {
      throw HttpProblem.badRequest("bad_request", "`keys` member must be an array.");
    }
    if (keys.size() > MOST) {
      throw HttpProblem.badRequest("bad_request", "too_many_keys");
    }
    return keys.values().stream()
        .map(key -> key.isString() ? key.asString() : key.toString())
        .toList();
  }

  private Optional<Database> find(String name) {
    try {
      return databases.find(name);
    } catch (InvalidDatabaseNameException e) {
      return Optional.empty();
    }
  }

  private void write(JsonGenerator out, String name, Optional<Database> found) {
    out.writeStartObject();
    out.writeStringProperty("key", name);
    Optional<DatabaseInfo.Facts> facts = found.flatMap(this::facts);
    if (facts.isPresent()) {
      out.writeName("info");
      facts.get().write(out);
    } else {
      out.writeStringProperty("error", "not_found");
    }
    out.writeEndObject();
  }

  /** Nothing when the database is dropped at this moment. */
  private Optional<DatabaseInfo.Facts> facts(Database database) {
    try {
      return Optional.of(info.facts(database));
    } catch (DatabaseGoneException e) {
      return Optional.empty();
    }
  }
}
