package org.skerry.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Selection;
import tools.jackson.databind.JsonNode;

/**
 * Reads a {@link ReplicationSpec} and gathers what is wrong with it, so that all of it is said at
 * once.
 */
final class SpecReader {
  private final JsonNode json;
  private final List<String> problems = new ArrayList<>();

  SpecReader(JsonNode json) {
    this.json = json;
  }

  ReplicationSpec read() {
    if (!json.isObject()) {
      throw new InvalidReplicationException("Request body must be a JSON object");
    }
    Optional<Endpoint> source = endpoint("source");
    Optional<Endpoint> target = endpoint("target");
    Selection selection = selection();
    boolean live = flag("continuous", false);
    boolean createTarget = flag("create_target", false);
    boolean winnersOnly = flag("winning_revs_only", false);
    boolean useCheckpoints = flag("use_checkpoints", true);
    Duration interval = interval();
    if (source.isPresent() && source.equals(target)) {
      problems.add("`source` and `target` are the same database");
    }
    if (!problems.isEmpty()) {
      throw new InvalidReplicationException(String.join("; ", problems));
    }
    return new ReplicationSpec(
        source.orElseThrow(),
        target.orElseThrow(),
        selection,
        live,
        createTarget,
        winnersOnly,
        since(),
        useCheckpoints,
        interval);
  }

  private Optional<Endpoint> endpoint(String name) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull()) {
      problems.add("`" + name + "` is missing: a database's name, its URL, or {\"url\": …}");
      return Optional.empty();
    }
    try {
      return Optional.of(EndpointReader.read(node));
    } catch (InvalidReplicationException e) {
      problems.add("`" + name + "`: " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean flag(String name, boolean absent) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return absent;
    }
    if (!node.isBoolean()) {
      problems.add("`" + name + "` must be true or false");
    }
    return node.asBoolean(absent);
  }

  private Optional<String> since() {
    JsonNode node = json.path("since_seq");
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(node.isString() ? node.asString() : node.toString());
  }

  private Duration interval() {
    JsonNode node = json.path("checkpoint_interval");
    if (node.isMissingNode() || node.isNull()) {
      return Tuning.CHECKPOINT_INTERVAL;
    }
    if (!node.isIntegralNumber() || node.asLong(0) < 1) {
      problems.add("`checkpoint_interval` must be a number of milliseconds, at least 1");
      return Tuning.CHECKPOINT_INTERVAL;
    }
    return Duration.ofMillis(node.asLong(0));
  }

  private Selection selection() {
    List<Selection> found = new ArrayList<>();
    docIds().ifPresent(found::add);
    JsonNode selector = json.path("selector");
    if (selector.isObject()) {
      found.add(new Selection.BySelector(selector));
    } else if (!selector.isMissingNode() && !selector.isNull()) {
      problems.add("`selector` must be a JSON object");
    }
    filter().ifPresent(found::add);
    if (found.size() > 1) {
      problems.add("`doc_ids`, `filter`, `selector` are mutually exclusive");
    }
    return found.isEmpty() ? Selection.EVERYTHING : found.getFirst();
  }

  private Optional<Selection> docIds() {
    JsonNode node = json.path("doc_ids");
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode id : node) {
      if (id.isString()) {
        ids.add(id.asString());
      }
    }
    if (!node.isArray() || ids.size() != node.size()) {
      problems.add("`doc_ids` must be a list of strings");
    }
    return Optional.of(new Selection.DocIds(ids));
  }

  private Optional<Selection> filter() {
    JsonNode node = json.path("filter");
    JsonNode params = json.path("query_params");
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString() || node.asString().isEmpty()) {
      problems.add("`filter` must be a filter's name");
      return Optional.empty();
    }
    if (!params.isMissingNode() && !params.isNull() && !params.isObject()) {
      problems.add("`query_params` must be a JSON object");
    }
    Map<String, String> parameters = new TreeMap<>();
    params
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              parameters.put(
                  entry.getKey(), value.isString() ? value.asString() : value.toString());
            });
    return Optional.of(new Selection.ByFilter(node.asString(), parameters));
  }
}
