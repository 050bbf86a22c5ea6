package org.skerry.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocumentReader;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.InnerRequest;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /ws/rest/sync2/conflict/resolve?conflictUuid=}: settles the conflict that a message
 * tells of, by the record in the body, as the conflict desk does: when other versions stand there
 * now than the message speaks of, it is refused. The partner gets the record with the next push.
 */
final class ResolveConflict implements Endpoint {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int CREATED = 201;

  private final Exchanges exchanges;

  ResolveConflict(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String uuid =
        exchange
            .query()
            .text("conflictUuid")
            .orElseThrow(() -> bad("`conflictUuid` is missing: a message's mergeConflictUuid"));
    JsonNode message = MAPPER.readTree(RetryMessage.find(exchanges, uuid).json());
    if (!message.has(Message.CONFLICT)) {
      throw HttpProblem.notFound("The message tells of no conflict.");
    }
    JsonNode conflict = message.path(Message.CONFLICT);
    String database = conflict.path("database").asString("");
    String id = conflict.path("id").asString("");
    Answer answer =
        exchanges
            .surroundings()
            .node()
            .ask(
                exchange,
                new InnerRequest(
                    "POST",
                    "/" + encoded(database) + "/_conflicts/" + encoded(id),
                    Map.of("Content-Type", "application/json"),
                    Optional.of(wish(conflict.path("leaves"), body(exchange, id)))));
    if (answer.head().status() != CREATED) {
      exchange.answer(answer);
      return;
    }
    String rev = MAPPER.readTree(answer.body()).path("rev").asString("");
    exchanges.settled(message, RevId.parse(rev), exchange.user().name().orElse(""));
    exchange.answer(
        Answers.of(
            202,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("url", "/_utils/#/exchange/messages/" + uuid);
              out.writeStringProperty("rev", rev);
              out.writeEndObject();
            }));
  }

  /** The record as a document keeps it. */
  private Body body(Exchange exchange, String id) throws IOException {
    byte[] json = exchange.readBody();
    try {
      Optional<ResourceId> resource = ResourceId.parse(id);
      return resource.isPresent()
          ? IncomingResource.read(json)
              .body(resource.get(), exchanges.now(), exchanges.limits())
              .body()
          : DocumentReader.read(json, exchanges.limits()).body();
    } catch (BadDocumentException e) {
      throw bad("the body is no record: " + e.getMessage());
    }
  }

  private static byte[] wish(JsonNode leaves, Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("{\"leaves\":" + leaves + ",\"doc\":").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body.json());
    out.write('}');
    return out.toByteArray();
  }

  private static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("bad_request", reason);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
