package org.skerry.http.couch;

import java.util.List;
import java.util.Optional;
import org.skerry.http.HttpProblem;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants of {@code _all_docs} and its kin.
 *
 * @param keys the rows asked for one by one, in their order
 * @param range the rows asked for otherwise
 * @param skip how many rows to leave out at the beginning
 * @param limit at most so many rows after that
 * @param updateSeq whether the position in the feed is told
 */
record ListingRequest(
    Optional<List<JsonNode>> keys,
    KeyRange range,
    long skip,
    long limit,
    DocumentOptions documents,
    boolean updateSeq) {

  /** Reads the parameters. */
  static ListingRequest of(ListingParameters parameters) {
    Optional<List<JsonNode>> keys = parameters.value("keys").map(ListingRequest::keys);
    Optional<JsonNode> key = parameters.value("key");
    Optional<JsonNode> start = parameters.value("start_key");
    Optional<JsonNode> end = parameters.value("end_key");
    if (keys.isPresent() && (key.isPresent() || start.isPresent() || end.isPresent())) {
      throw ListingParameters.bad("`keys` is incompatible with `key`, `start_key` and `end_key`");
    }
    if (parameters.flag("reduce", false)) {
      throw ListingParameters.bad("Reduce is invalid for map-only views.");
    }
    boolean descending = parameters.flag("descending", false);
    boolean inclusive = parameters.flag("inclusive_end", true);
    return new ListingRequest(
        keys,
        key.isPresent()
            ? new KeyRange(key, key, true, descending)
            : new KeyRange(start, end, inclusive, descending),
        parameters.number("skip", 0),
        parameters.number("limit", Long.MAX_VALUE),
        new DocumentOptions(
            parameters.flag("include_docs", false),
            parameters.flag("conflicts", false),
            parameters.flag("attachments", false),
            parameters.flag("att_encoding_info", false)),
        parameters.flag("update_seq", false));
  }

  private static List<JsonNode> keys(JsonNode value) {
    if (!value.isArray()) {
      throw HttpProblem.badRequest("bad_request", "`keys` parameter must be an array.");
    }
    return value.values().stream().toList();
  }

  /** The keys that are left after skip and limit, in the order wanted. */
  List<JsonNode> keysShown() {
    List<JsonNode> all = keys.orElse(List.of());
    return (range.descending() ? all.reversed() : all).stream().skip(skip).limit(limit).toList();
  }
}
