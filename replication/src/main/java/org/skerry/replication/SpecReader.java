package org.skerry.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Proxy;
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
    boolean bulkGet = flag("use_bulk_get", true);
    Optional<Endpoint> source =
        endpoint("source", new Manner(proxy("source_proxy"), bulkGet, Map.of()));
    Optional<Endpoint> target =
        endpoint("target", new Manner(proxy("target_proxy"), true, creation()));
    Selection selection = selection();
    boolean live = flag("continuous", false);
    boolean createTarget = flag("create_target", false);
    boolean winnersOnly = flag("winning_revs_only", false);
    boolean useCheckpoints = flag("use_checkpoints", true);
    Duration interval = interval();
    if (source.isPresent() && target.isPresent() && same(source.get(), target.get())) {
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

  private Optional<Endpoint> endpoint(String name, Manner manner) {
    JsonNode node = json.path(name);
    if (node.isMissingNode() || node.isNull()) {
      problems.add("`" + name + "` is missing: a database's name, its URL, or {\"url\": …}");
      return Optional.empty();
    }
    try {
      Endpoint end = EndpointReader.read(node);
      if (end instanceof Endpoint.Local && "true".equals(manner.creation().get("partitioned"))) {
        problems.add("`create_target_params`: Partitioned feature is not enabled.");
      }
      return Optional.of(end instanceof Endpoint.Remote remote ? remote.in(manner) : end);
    } catch (InvalidReplicationException e) {
      problems.add("`" + name + "`: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean same(Endpoint one, Endpoint other) {
    return one instanceof Endpoint.Remote here && other instanceof Endpoint.Remote there
        ? here.url().equals(there.url())
        : one.equals(other);
  }

  /** The proxy of one end; {@code proxy} is that of both. */
  private Optional<Proxy> proxy(String own) {
    boolean both = isGiven(json.path("proxy"));
    if (both && isGiven(json.path(own))) {
      problems.add("`proxy` is mutually exclusive with `" + own + "`");
    }
    String name = both ? "proxy" : own;
    JsonNode node = json.path(name);
    if (!isGiven(node)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ProxyReader.read(node.asString("")));
    } catch (InvalidReplicationException e) {
      String problem = "`" + name + "`: " + e.getMessage();
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
      return Optional.empty();
    }
  }

  private static boolean isGiven(JsonNode node) {
    return !node.isMissingNode()
        && !node.isNull()
        && !(node.isString() && node.asString().isEmpty());
  }

  private Map<String, String> creation() {
    JsonNode node = json.path("create_target_params");
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      problems.add("`create_target_params` must be a JSON object");
    }
    return texts(node);
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
    return Optional.of(new Selection.ByFilter(node.asString(), texts(params)));
  }

  /** An object's members, as they stand in a query. */
  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              texts.put(entry.getKey(), value.isString() ? value.asString() : value.toString());
            });
    return texts;
  }
}
