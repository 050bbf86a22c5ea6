package org.skerry.atom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.skerry.selector.FieldPath;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a document of {@code _feeds}; all that is wrong with it is told at once. */
final class DefinitionReader {
  private static final int USUAL_PAGE = 50;
  private static final int MOST_EVENTS = 1_000;
  private static final int MOST_LINKS = 16;
  private static final int LONGEST = 1_024;

  /** Readers keep titles in columns of this size. */
  private static final int LONGEST_TEXT = 255;

  private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> MEMBERS =
      Set.of(
          "database",
          "type",
          "selector",
          "title",
          "page_size",
          "links",
          "filter",
          "readers",
          "comment");

  private final String category;
  private final JsonNode json;
  private final Predicate<String> isDatabaseName;
  private final List<String> problems = new ArrayList<>();

  private DefinitionReader(String category, JsonNode json, Predicate<String> isDatabaseName) {
    this.category = category;
    this.json = json;
    this.isDatabaseName = isDatabaseName;
  }

  /**
   * The feed that a document describes.
   *
   * @param isDatabaseName whether a database may have that name
   * @throws InvalidFeedException when it describes none
   */
  static FeedDefinition read(String category, JsonNode json, Predicate<String> isDatabaseName) {
    return new DefinitionReader(category, json, isDatabaseName).read();
  }

  private FeedDefinition read() {
    if (!FeedDefinition.CATEGORY.matcher(category).matches()) {
      problems.add("the id must be a category: " + FeedDefinition.CATEGORY);
    }
    for (String member : json.propertyNames()) {
      if (!MEMBERS.contains(member) && !member.startsWith("_")) {
        problems.add("unknown member `" + member + "`");
      }
    }
    String database = database();
    Optional<String> type = type();
    Optional<Selector> selector = selector(type);
    String title = text("title", type.orElse(category));
    int pageSize = pageSize();
    Map<String, LinkTemplate> links = links(type.isPresent());
    Optional<FilterTag> filter = filter();
    Readers readers = readers();
    if (!problems.isEmpty()) {
      throw new InvalidFeedException(problems);
    }
    return new FeedDefinition(
        category,
        XmlText.legal(title),
        database,
        selector.orElseThrow(),
        pageSize,
        links,
        filter,
        readers);
  }

  private String database() {
    String name = text("database", "");
    if (name.isEmpty()) {
      problems.add("`database` is missing: the database for whose documents the feed speaks");
    } else if (name.startsWith("_") || !isDatabaseName.test(name)) {
      problems.add("`database` is no name of a database with documents: `" + name + "`");
    }
    return name;
  }

  private Optional<String> type() {
    String type = text("type", "");
    if (!type.isEmpty() && !TYPE.matcher(type).matches()) {
      problems.add("`type` must be a type of resource such as Patient");
    }
    return Optional.of(type).filter(text -> !text.isEmpty());
  }

  private Optional<Selector> selector(Optional<String> type) {
    JsonNode selector = json.path("selector");
    if (type.isPresent() == !selector.isMissingNode()) {
      problems.add("exactly one of `type` and `selector` must say which documents it tells of");
      return Optional.empty();
    }
    JsonNode condition =
        type.<JsonNode>map(name -> JsonNodeFactory.instance.objectNode().put("resourceType", name))
            .orElse(selector);
    try {
      return Optional.of(Selector.parse(condition));
    } catch (InvalidSelectorException e) {
      problems.add("`selector`" + e.pointer() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private int pageSize() {
    JsonNode size = json.path("page_size");
    if (size.isMissingNode()) {
      return USUAL_PAGE;
    }
    if (!size.canConvertToInt() || size.intValue() < 1 || size.intValue() > MOST_EVENTS) {
      problems.add("`page_size` must be a number from 1 to " + MOST_EVENTS);
      return USUAL_PAGE;
    }
    return size.intValue();
  }

  private Map<String, LinkTemplate> links(boolean typed) {
    JsonNode links = json.path("links");
    if (links.isMissingNode()) {
      return typed
          ? Map.of("fhir", new LinkTemplate("/fhir/{database}/{id}"))
          : Map.of("rest", new LinkTemplate("/{database}/{document}"));
    }
    Map<String, LinkTemplate> found = new LinkedHashMap<>();
    if (!links.isObject() || links.isEmpty() || links.size() > MOST_LINKS) {
      problems.add("`links` must be an object with 1 to " + MOST_LINKS + " links");
      return found;
    }
    for (Map.Entry<String, JsonNode> link : links.properties()) {
      String place = "`links." + link.getKey() + "` ";
      String text = link.getValue().asString("");
      if (!LINK_NAME.matcher(link.getKey()).matches()) {
        problems.add(place + "has a name that is none: " + LINK_NAME);
      } else if (!link.getValue().isString() || text.length() > LONGEST) {
        problems.add(place + "must be a text");
      } else if (!LinkTemplate.problem(text).isEmpty()) {
        problems.add(place + LinkTemplate.problem(text));
      } else {
        found.put(link.getKey(), new LinkTemplate(text));
      }
    }
    return found;
  }

  private Optional<FilterTag> filter() {
    JsonNode filter = json.path("filter");
    if (filter.isMissingNode()) {
      return Optional.empty();
    }
    JsonNode bean = filter.path("bean");
    JsonNode members = filter.path("members");
    boolean shaped =
        bean.isString()
            && bean.stringValue().length() <= LONGEST
            && members.isArray()
            && !members.isEmpty()
            && members.size() <= MOST_LINKS;
    if (!shaped) {
      problems.add("`filter` must be {\"bean\": a text, \"members\": [paths into a document]}");
      return Optional.empty();
    }
    List<FieldPath> paths = new ArrayList<>();
    for (JsonNode member : members) {
      try {
        paths.add(FieldPath.parse(member.asString("")));
      } catch (InvalidSelectorException e) {
        problems.add("`filter.members`: " + e.getMessage());
      }
    }
    return Optional.of(new FilterTag(XmlText.legal(bean.stringValue()), paths));
  }

  private Readers readers() {
    JsonNode readers = json.path("readers");
    if (readers.isMissingNode() || readers.asString("").equals("members")) {
      return new Readers.Members();
    }
    if (readers.asString("").equals("anyone")) {
      return new Readers.Anyone();
    }
    List<Readers.Token> tokens = new ArrayList<>();
    for (JsonNode token : readers) {
      String hash = token.path("sha256").asString("");
      if (token.path("name").asString("").isBlank() || !SHA256.matcher(hash).matches()) {
        problems.add("each of `readers` needs a `name`, and a token's `sha256` in lower-case hex");
      } else {
        tokens.add(new Readers.Token(token.path("name").asString(), hash));
      }
    }
    if (!readers.isArray() || readers.isEmpty()) {
      problems.add("`readers` must be \"members\", \"anyone\", or an array of tokens");
    }
    return new Readers.Tokens(tokens);
  }

  private String text(String member, String otherwise) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isString()
        || value.stringValue().isBlank()
        || value.stringValue().length() > LONGEST_TEXT) {
      problems.add("`" + member + "` must be a text of 1 to " + LONGEST_TEXT + " characters");
      return otherwise;
    }
    return value.stringValue();
  }
}
