package org.skerry.http.couch.nouveau;

import java.io.IOException;
import java.util.List;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.search.FullText;
import tools.jackson.databind.JsonNode;

/** {@code POST /_nouveau_analyze}: what an analyzer makes of a text. */
final class Analyze implements Endpoint {
  /** Each token is held until all are there. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private final FullText fullText;

  Analyze(FullText fullText) {
    this.fullText = fullText;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    JsonNode body = RequestJson.object(exchange);
    JsonNode analyzer = body.path("analyzer");
    JsonNode text = body.path("text");
    if (!analyzer.isString() || !text.isString()) {
      throw HttpProblem.badRequest(
          "bad_request", "'text' and 'analyzer' fields must be non-empty strings");
    }
    if (text.asString().length() > MAX_CHARACTERS) {
      throw HttpProblem.tooLarge("'text' has more than " + MAX_CHARACTERS + " characters");
    }
    List<String> tokens = fullText.analyze(analyzer.asString(), text.asString());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("tokens");
              tokens.forEach(out::writeString);
              out.writeEndArray();
              out.writeEndObject();
            }));
  }
}
