package org.skerry.http.couch.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.http.couch.DocumentOptions;
import org.skerry.http.couch.ListingParameters;
import org.skerry.index.RowRange;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants of a view ({@code couch_mrview_util:validate_args}).
 *
 * @param keys the rows asked for key by key, in their order
 * @param range the rows asked for otherwise
 * @param reduce whether rows are reduced
 * @param level how many elements of a key make a group; 0 for no groups
 */
record ViewQuery(
    Optional<List<JsonNode>> keys,
    RowRange range,
    boolean reduce,
    int level,
    long skip,
    long limit,
    DocumentOptions documents,
    Freshness freshness,
    boolean updateSeq) {

  /** Each key is a group. */
  static final int EXACT = Integer.MAX_VALUE;

  /** How new what is answered has to be. */
  enum Freshness {
    /** With all that was written before. */
    CURRENT,
    /** As it is. */
    STALE,
    /** As it is; to be brought up to date afterwards. */
    STALE_NOW
  }

  /**
   * Reads parameters.
   *
   * @param reduces whether the view has a reduction
   */
  static ViewQuery of(ListingParameters parameters, boolean reduces) {
    Optional<Boolean> reduce =
        parameters.value("reduce").map(value -> parameters.flag("reduce", false));
    int level = level(parameters);
    if (!reduces && reduce.orElse(false)) {
      throw ListingParameters.bad("Reduce is invalid for map-only views.");
    }
    boolean reduced = reduces && reduce.orElse(true);
    Optional<List<JsonNode>> keys = keys(parameters);
    if (reduced && keys.isPresent() && level != EXACT) {
      throw ListingParameters.bad("Multi-key fetchs for reduce views must use `group=true`");
    }
    boolean named =
        parameters.value("key").isPresent()
            || parameters.value("start_key").isPresent()
            || parameters.value("end_key").isPresent();
    if (keys.isPresent() && !keys.get().isEmpty() && named) {
      throw ListingParameters.bad("`keys` is incompatible with `key`, `start_key` and `end_key`");
    }
    if (!reduced && level != 0) {
      throw ListingParameters.bad("Invalid use of grouping on a map view.");
    }
    if (parameters.value("partition").isPresent()) {
      throw ListingParameters.bad("`partition` parameter is not supported in this database.");
    }
    parameters.flag("sorted", true);
    return new ViewQuery(
        keys,
        range(parameters),
        reduced,
        level,
        parameters.number("skip", 0),
        parameters.number("limit", Long.MAX_VALUE),
        documents(parameters, reduced),
        freshness(parameters),
        parameters.flag("update_seq", false));
  }

  private static Optional<List<JsonNode>> keys(ListingParameters parameters) {
    return parameters
        .value("keys")
        .map(
            keys -> {
              if (!keys.isArray()) {
                throw ListingParameters.bad("`keys` must be an array of strings.");
              }
              return List.copyOf(keys.values());
            });
  }

  private static int level(ListingParameters parameters) {
    Optional<Boolean> group =
        parameters.value("group").map(value -> parameters.flag("group", false));
    if (parameters.value("group_level").isEmpty()) {
      return group.orElse(false) ? EXACT : 0;
    }
    int level = (int) Math.min(parameters.number("group_level", 0), EXACT - 1L);
    if (level > 0 && !group.orElse(true)) {
      throw ListingParameters.bad("Can't specify group=false and group_level>0 at the same time");
    }
    return level;
  }

  private static RowRange range(ListingParameters parameters) {
    Optional<JsonNode> key = parameters.value("key");
    return new RowRange(
        key.or(() -> parameters.value("start_key")),
        id(parameters, "startkey_docid", "start_key_docid"),
        key.or(() -> parameters.value("end_key")),
        id(parameters, "endkey_docid", "end_key_docid"),
        parameters.flag("inclusive_end", true),
        parameters.flag("descending", false));
  }

  private static Optional<String> id(ListingParameters parameters, String name, String shown) {
    return parameters
        .value(name)
        .map(
            value -> {
              if (!value.isString()) {
                throw ListingParameters.bad("`" + shown + "` must be a string.");
              }
              return value.stringValue();
            });
  }

  private static DocumentOptions documents(ListingParameters parameters, boolean reduced) {
    boolean include = parameters.flag("include_docs", false);
    boolean conflicts = parameters.flag("conflicts", false);
    if (reduced && include) {
      throw ListingParameters.bad("`include_docs` is invalid for reduce");
    }
    if (reduced && parameters.value("conflicts").isPresent()) {
      throw ListingParameters.bad("`conflicts` is invalid for reduce views.");
    }
    return new DocumentOptions(
        include,
        conflicts,
        parameters.flag("attachments", false),
        parameters.flag("att_encoding_info", false));
  }

  private static Freshness freshness(ListingParameters parameters) {
    parameters.word("stable", Set.of("true", "false"));
    String stale = parameters.word("stale", Set.of("ok", "update_after")).orElse("");
    String update =
        parameters
            .word("update", Set.of("true", "false", "lazy"))
            .orElse(stale.isEmpty() ? "true" : stale.equals("ok") ? "false" : "lazy");
    return switch (update) {
      case "false" -> Freshness.STALE;
      case "lazy" -> Freshness.STALE_NOW;
      default -> Freshness.CURRENT;
    };
  }
}
