package org.skerry.view;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Reduction;
import org.skerry.script.Edition;
import org.skerry.script.Scripts;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * The views of one design document: one index, in which views of the same map are one list of rows.
 * Names do not decide about rows, so renaming a view builds nothing anew.
 */
public final class ViewGroup {
  /** Part of every signature: to be raised when the same functions would make other rows. */
  private static final int VERSION = 1;

  private static final String JAVASCRIPT = "javascript";
  private static final String LIBRARY = "lib";
  private static final int SIGNATURE_BYTES = 16;
  private static final TreeSet<String> NONE = new TreeSet<>();

  /** What decides about a list of rows. */
  private record MapKey(String source, String options) implements Comparable<MapKey> {
    @Override
    public int compareTo(MapKey other) {
      int order = source.compareTo(other.source);
      return order != 0 ? order : options.compareTo(other.options);
    }
  }

  private final IndexDefinition definition;
  private final Map<String, NamedView> views;

  private ViewGroup(IndexDefinition definition, Map<String, NamedView> views) {
    this.definition = definition;
    this.views = views;
  }

  /**
   * A view by its name.
   *
   * @param number which of the index's lists of rows
   * @param reduction which of that list's reductions; nothing for a view without
   */
  public record NamedView(int number, Optional<Integer> reduction) {}

  /** The index of all its views. */
  public IndexDefinition definition() {
    return definition;
  }

  /** The view of that name. */
  public Optional<NamedView> view(String name) {
    return Optional.ofNullable(views.get(name));
  }

  /**
   * Reads a design document.
   *
   * @return nothing when it has no views in JavaScript
   * @throws InvalidDesignException when its views are nothing that can be built
   */
  public static Optional<ViewGroup> of(StoredDocument design, Scripts scripts) {
    JsonNode body = ValueReader.read(design.revisions().getFirst().body().json());
    JsonNode views = body.path("views");
    if (!views.isObject() || !body.path("language").asString(JAVASCRIPT).equals(JAVASCRIPT)) {
      return Optional.empty();
    }
    Map<MapKey, TreeSet<String>> reductions = new TreeMap<>();
    Map<String, MapKey> maps = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> members = views.properties().iterator();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      JsonNode view = member.getValue();
      if (member.getKey().equals(LIBRARY) || !view.path("map").isString()) {
        continue;
      }
      MapKey key = new MapKey(view.path("map").stringValue(), view.path("options").toString());
      maps.put(member.getKey(), key);
      TreeSet<String> sources = reductions.computeIfAbsent(key, unknown -> new TreeSet<>());
      reduce(view).ifPresent(sources::add);
    }
    return maps.isEmpty()
        ? Optional.empty()
        : Optional.of(group(design, body, maps, reductions, scripts));
  }

  private static Optional<String> reduce(JsonNode view) {
    String source = view.path("reduce").asString("").strip();
    return source.isEmpty() ? Optional.empty() : Optional.of(source);
  }

  private static ViewGroup group(
      StoredDocument design,
      JsonNode body,
      Map<String, MapKey> maps,
      Map<MapKey, TreeSet<String>> reductions,
      Scripts scripts) {
    Optional<JsonNode> library =
        Optional.of(body.path("views").path(LIBRARY)).filter(JsonNode::isObject);
    boolean includeDesign = body.path("options").path("include_design").booleanValue(false);
    boolean localSeq = body.path("options").path("local_seq").booleanValue(false);
    List<MapKey> keys = List.copyOf(reductions.keySet());
    List<IndexDefinition.View> lists = new ArrayList<>();
    reductions.forEach(
        (key, some) ->
            lists.add(
                new IndexDefinition.View(
                    order(key), some.stream().map(source -> reduction(source, scripts)).toList())));
    List<String> sources = keys.stream().map(MapKey::source).toList();
    IndexDefinition definition =
        new IndexDefinition(
            signature(reductions, library, includeDesign, localSeq),
            design.id().text(),
            lists,
            includeDesign,
            new ScriptIndexer(scripts, sources, library, localSeq));
    Map<String, NamedView> named = new TreeMap<>();
    maps.forEach(
        (name, key) ->
            named.put(
                name,
                new NamedView(
                    keys.indexOf(key),
                    reduce(body.path("views").path(name))
                        .map(source -> place(source, reductions.getOrDefault(key, NONE))))));
    return new ViewGroup(definition, named);
  }

  private static int place(String source, TreeSet<String> sorted) {
    return sorted.headSet(source).size();
  }

  private static JsonOrder order(MapKey key) {
    boolean raw =
        !key.options().isEmpty()
            && ValueReader.read(key.options().getBytes(StandardCharsets.UTF_8))
                .path("collation")
                .asString("")
                .equals("raw");
    return raw ? JsonOrder.RAW : JsonOrder.UNICODE;
  }

  private static Reduction reduction(String source, Scripts scripts) {
    if (!source.startsWith("_")) {
      return new ScriptReduction(scripts, source);
    }
    return BuiltIn.of(source)
        .orElseThrow(
            () ->
                new InvalidDesignException("`" + source + "` is not a supported reduce function."));
  }

  private static String signature(
      Map<MapKey, TreeSet<String>> reductions,
      Optional<JsonNode> library,
      boolean includeDesign,
      boolean localSeq) {
    MessageDigest hash;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    update(hash, "views " + VERSION + ' ' + includeDesign + ' ' + localSeq);
    update(hash, library.map(JsonNode::toString).orElse(""));
    reductions.forEach(
        (key, sources) -> {
          update(hash, key.source());
          update(hash, key.options());
          update(hash, String.valueOf(sources.size()));
          sources.forEach(source -> update(hash, source));
        });
    editions(reductions, library).forEach(edition -> update(hash, edition));
    return HexFormat.of().formatHex(hash.digest(), 0, SIGNATURE_BYTES);
  }

  /** Where all is read as it has always been, none: such an index is the one that is there. */
  private static Stream<String> editions(
      Map<MapKey, TreeSet<String>> reductions, Optional<JsonNode> library) {
    Stream<String> functions =
        reductions.entrySet().stream()
            .flatMap(
                list -> Stream.concat(Stream.of(list.getKey().source()), list.getValue().stream()));
    return Stream.concat(library.map(JsonNode::toString).stream(), functions)
        .map(Edition::of)
        .filter(edition -> !edition.isEmpty())
        .distinct();
  }

  /** Each part with its length, so that no two sequences of parts are the same bytes. */
  private static void update(MessageDigest hash, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    hash.update(bytes);
  }
}
