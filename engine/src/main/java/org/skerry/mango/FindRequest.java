package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.selector.FieldPath;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /{db}/_find} and {@code _explain}, checked.
 *
 * @param selector which documents are wanted
 * @param normal the same for the planner
 * @param useIndex which index the client would have used
 * @param bookmark where to go on
 * @param fields the paths of the members to show; none shows whole documents
 * @param r how many copies CouchDB would read; above 1 documents are read apart from the index
 * @param conflicts whether documents have their {@code _conflicts}, for the selector too
 * @param stale whether an index may be read as it is: an older word for stable and not updated
 * @param update whether an index is brought up to date first
 * @param executionStats whether the answer says what it cost
 * @param allowFallback whether another index than the one wanted, or none, may serve
 */
public record FindRequest(
    Selector selector,
    NormalSelector normal,
    Optional<UseIndex> useIndex,
    Optional<Bookmark> bookmark,
    long limit,
    long skip,
    Sort sort,
    List<String> fields,
    long r,
    boolean conflicts,
    boolean stale,
    boolean update,
    boolean stable,
    boolean executionStats,
    boolean allowFallback) {
  private static final long DEFAULT_LIMIT = 25;

  public FindRequest {
    fields = List.copyOf(fields);
  }

  /**
   * Reads a request.
   *
   * @param json is kept in parts, and not to be changed afterwards
   * @throws MangoException when it asks nothing that can be answered
   * @throws org.skerry.selector.InvalidSelectorException when its selector is none
   */
  public static FindRequest parse(JsonNode json) {
    Options options = new Options(json);
    Selector selector = Selector.parse(options.require("selector"));
    FindRequest request =
        new FindRequest(
            selector,
            NormalSelector.of(options.require("selector")),
            options.find("use_index").flatMap(UseIndex::parse),
            options.find("bookmark").flatMap(Bookmark::parse),
            options.count("limit", DEFAULT_LIMIT),
            options.count("skip", 0),
            options.find("sort").map(Sort::parse).orElse(Sort.NONE),
            options.find("fields").map(FindRequest::fields).orElse(List.of()),
            withoutPartition(options).positive("r", 1),
            options.flag("conflicts", false),
            options.find("stale").map(FindRequest::stale).orElse(false),
            options.flag("update", true),
            options.flag("stable", false),
            options.flag("execution_stats", false),
            options.flag("allow_fallback", true));
    options.end();
    return request;
  }

  private static Options withoutPartition(Options options) {
    boolean given = options.text("partition").filter(name -> !name.isEmpty()).isPresent();
    if (given) {
      throw MangoException.bad(
          "query_parse_error", "`partition` parameter is not supported in this database.");
    }
    return options;
  }

  private static List<String> fields(JsonNode json) {
    if (!json.isArray()) {
      throw MangoException.bad(
          "invalid_fields", "Fields must be an array of strings, not: " + json);
    }
    List<String> fields = new ArrayList<>();
    for (JsonNode field : json) {
      if (!field.isString()) {
        throw MangoException.bad("invalid_field", "Invalid JSON for field spec: " + field);
      }
      FieldPath.parse(field.stringValue());
      fields.add(field.stringValue());
    }
    return fields;
  }

  private static boolean stale(JsonNode json) {
    String word = json.isBoolean() ? json.toString() : json.asString("");
    return switch (word) {
      case "ok" -> true;
      case "false" -> false;
      default ->
          throw MangoException.bad(
              "invalid_ok_or_false_value",
              "Value for stale is " + json + ", should be ok or false");
    };
  }

  /** Whether whole documents are shown. */
  boolean showsAll() {
    return fields.isEmpty();
  }

  /** Whether an index is brought up to date before it is read. */
  boolean updates() {
    return update && !stale;
  }

  /** Whether documents are read apart from the index, as for a read quorum. */
  boolean readsApart() {
    return r > 1;
  }
}
