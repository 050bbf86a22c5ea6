package org.skerry.exchange.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests as OpenMRS Sync 2.0 sends them to a parent, which makes them of itself. The member
 * {@code request.headers} is this project's: OpenMRS passes it over.
 */
final class Wrapping {
  private static final String JSON = "application/json";

  private Wrapping() {}

  static Call wrap(Call call, URI place, String instance, String client, String className) {
    ObjectNode wrapper =
        JsonNodeFactory.instance
            .objectNode()
            .put("instanceId", instance)
            .put("clientName", client)
            .put("className", className);
    ObjectNode request =
        wrapper.putObject("request").put("method", call.method()).put("url", call.url().toString());
    call.body().ifPresent(body -> request.put("body", new String(body, StandardCharsets.UTF_8)));
    ObjectNode headers = request.putObject("headers");
    call.headers().forEach(headers::put);
    return new Call(
        "POST",
        place,
        Map.of("Accept", call.headers().getOrDefault("Accept", JSON), "Content-Type", JSON),
        Optional.of(wrapper.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
