package org.skerry.fhir.search.definition;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;

/** All search parameters of FHIR R4, by type of resource. Immutable. */
public final class SearchParameters {
  private static final String DEFINITIONS = "/org/hl7/fhir/r4/model/sp/search-parameters.json";

  /** Abstract types, whose parameters every resource has. */
  private static final Set<String> ABSTRACT = Set.of("Resource", "DomainResource");

  /** Resources that are no {@code DomainResource}: nothing of them is known by its parameters. */
  private static final Set<String> PLAIN = Set.of("Binary", "Bundle", "Parameters");

  private static final int HASHED = 16;

  private final SortedMap<String, SortedMap<String, SearchParameter>> byType;
  private final List<SearchParameter> byNumber;
  private final String signature;

  private SearchParameters(SortedMap<String, SortedMap<String, SearchParameter>> byType) {
    this.byType = byType;
    this.byNumber = byType.values().stream().flatMap(of -> of.values().stream()).toList();
    this.signature = hash(byNumber);
  }

  private static final class Loaded {
    static final SearchParameters R4 = load();
  }

  /** R4's, read when first asked for. */
  public static SearchParameters r4() {
    return Loaded.R4;
  }

  private static SearchParameters load() {
    List<JsonNode> definitions = new ArrayList<>();
    Map<String, JsonNode> byUrl = new HashMap<>();
    for (JsonNode entry : read().path("entry").values()) {
      JsonNode definition = entry.path("resource");
      definitions.add(definition);
      byUrl.put(definition.path("url").asString(""), definition);
    }
    SortedSet<String> types = new TreeSet<>(FhirContext.forR4Cached().getResourceTypes());
    SortedMap<String, SortedMap<String, JsonNode>> sorted = new TreeMap<>();
    types.forEach(type -> sorted.put(type, new TreeMap<>()));
    for (JsonNode definition : definitions) {
      for (JsonNode base : definition.path("base").values()) {
        for (String type : concrete(base.asString(), types)) {
          sorted
              .computeIfAbsent(type, unknown -> new TreeMap<>())
              .put(definition.path("code").asString(), definition);
        }
      }
    }
    int number = 0;
    SortedMap<String, SortedMap<String, SearchParameter>> all = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, JsonNode>> type : sorted.entrySet()) {
      SortedMap<String, SearchParameter> some = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : type.getValue().entrySet()) {
        some.put(one.getKey(), parameter(++number, type.getKey(), one.getValue(), byUrl));
      }
      all.put(type.getKey(), some);
    }
    return new SearchParameters(all);
  }

  private static Collection<String> concrete(String base, SortedSet<String> types) {
    if (!ABSTRACT.contains(base)) {
      return types.contains(base) ? List.of(base) : List.of();
    }
    return base.equals("Resource")
        ? types
        : types.stream().filter(type -> !PLAIN.contains(type)).toList();
  }

  private static JsonNode read() {
    try (InputStream stream = FhirContext.class.getResourceAsStream(DEFINITIONS)) {
      if (stream == null) {
        throw new IllegalStateException(DEFINITIONS + " is not on the class path");
      }
      return JsonIn.mapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SearchParameter parameter(
      int number, String resourceType, JsonNode definition, Map<String, JsonNode> byUrl) {
    List<SearchParameter.Component> components = new ArrayList<>();
    for (JsonNode component : definition.path("component").values()) {
      String url = component.path("definition").asString();
      JsonNode meant = byUrl.getOrDefault(url, component);
      String expression = component.path("expression").asString();
      ParameterType type = ParameterType.of(meant.path("type").asString());
      components.add(new SearchParameter.Component(corrected(type, expression), expression));
    }
    List<String> targets = new ArrayList<>();
    definition.path("target").values().forEach(target -> targets.add(target.asString()));
    return new SearchParameter(
        number,
        resourceType,
        definition.path("code").asString(),
        ParameterType.of(definition.path("type").asString()),
        definition.path("url").asString(""),
        definition.path("expression").asString(""),
        targets,
        components,
        definition.path("description").asString(""));
  }

  /** R4's definition of {@code DocumentReference.relationship} has its two parts exchanged. */
  private static ParameterType corrected(ParameterType type, String expression) {
    if (type == ParameterType.REFERENCE && expression.equals("code")) {
      return ParameterType.TOKEN;
    }
    return type == ParameterType.TOKEN && expression.equals("target")
        ? ParameterType.REFERENCE
        : type;
  }

  private static String hash(List<SearchParameter> parameters) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (SearchParameter one : parameters) {
        String held =
            one.number() + " " + one + " " + one.type() + one.expression() + one.components();
        digest.update(held.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASHED);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** All types of resources, sorted. */
  public Set<String> types() {
    return byType.keySet();
  }

  /** Whether there is such a type of resource. */
  public boolean isType(String type) {
    return byType.containsKey(type);
  }

  /** A type's parameters, by their codes. */
  public Collection<SearchParameter> of(String type) {
    SortedMap<String, SearchParameter> found = byType.get(type);
    return found == null ? List.of() : found.values();
  }

  /** The parameter of that code of a type. */
  public Optional<SearchParameter> find(String type, String code) {
    return Optional.ofNullable(byType.get(type)).map(found -> found.get(code));
  }

  /** Those among a type's parameters that one has in mind who knows them to be there. */
  public SearchParameter get(String type, String code) {
    return find(type, code)
        .orElseThrow(() -> new IllegalArgumentException("no parameter " + type + "." + code));
  }

  /** The parameter of that number. */
  public SearchParameter get(int number) {
    return byNumber.get(number - 1);
  }

  /** Changes whenever rows would be others because definitions are. */
  public String signature() {
    return signature;
  }
}
