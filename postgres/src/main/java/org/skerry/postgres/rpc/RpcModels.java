package org.skerry.postgres.rpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fields of the application's models, as the application itself says. What was asked once is
 * kept: modules change only when the application is started anew. Any thread may ask.
 */
final class RpcModels {
  private final RpcSession session;
  private final Map<String, Map<String, RpcField>> models = new ConcurrentHashMap<>();

  RpcModels(RpcSession session) {
    this.session = session;
  }

  /**
   * The fields of a model by their names.
   *
   * @throws RpcRefusedException when there is no such model
   */
  Map<String, RpcField> fields(String model) {
    return models.computeIfAbsent(model, this::load);
  }

  private Map<String, RpcField> load(String model) {
    Map<String, RpcField> found = new HashMap<>();
    session
        .call(model, "fields_get", JsonNodeFactory.instance.arrayNode())
        .orThrow()
        .properties()
        .forEach(
            field ->
                found.put(
                    field.getKey(),
                    new RpcField(field.getKey(), field.getValue().path("type").asString(""))));
    return Map.copyOf(found);
  }
}
