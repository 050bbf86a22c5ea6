package org.skerry.subset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import tools.jackson.databind.JsonNode;

/** Reads documents of {@code _sites}. All methods throw {@link InvalidSiteException}. */
final class SiteReader {
  private static final int MOST = 1_000;
  private static final Set<String> SITE =
      Set.of("type", "name", "users", "roles", "place", "depth", "databases", "search");
  private static final Set<String> PLACE = Set.of("type", "name", "parent");

  private final DocId id;
  private final JsonNode json;

  SiteReader(DocId id, JsonNode json) {
    this.id = id;
    this.json = json;
  }

  boolean isPlace() {
    return text("type", "site").equals("place");
  }

  private InvalidSiteException wrong(String member, String why) {
    return new InvalidSiteException("/" + member, why);
  }

  private void only(Set<String> known) {
    for (String member : json.propertyNames()) {
      if (!known.contains(member)) {
        throw wrong(
            member, "unknown; there are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  Place place() {
    only(PLACE);
    text("name", "");
    String parent = text("parent", "");
    if (parent.equals(id.text())) {
      throw wrong("parent", "a place is not in itself");
    }
    return new Place(id.text(), parent.isEmpty() ? Optional.empty() : Optional.of(parent));
  }

  Site site() {
    if (!text("type", "site").equals("site")) {
      throw wrong("type", "`site` or `place`");
    }
    only(SITE);
    List<String> places = texts("place");
    return new Site(
        id.text(),
        text("name", id.text()),
        new HashSet<>(texts("users")),
        new HashSet<>(texts("roles")),
        places.isEmpty() ? List.of(id.text()) : places,
        depth(),
        new HashSet<>(texts("databases")),
        search());
  }

  private String text(String member, String otherwise) {
    JsonNode value = json.path(member);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw wrong(member, "a text");
    }
    return value.stringValue();
  }

  /** A text, or an array of texts. */
  private List<String> texts(String member) {
    JsonNode value = json.path(member);
    List<String> found = new ArrayList<>();
    if (value.isString()) {
      found.add(value.stringValue());
    } else if (value.isArray() && value.size() <= MOST) {
      value.forEach(text -> found.add(text.isString() ? text.stringValue() : ""));
    } else if (!value.isMissingNode()) {
      throw wrong(member, "a text, or an array of at most " + MOST + " texts");
    }
    if (found.contains("")) {
      throw wrong(member, "texts that are not empty");
    }
    if (member.equals("roles") && found.contains("_admin")) {
      throw wrong(member, "server administrators see everything: they are no site");
    }
    return found;
  }

  private int depth() {
    JsonNode value = json.path("depth");
    if (value.isMissingNode()) {
      return Site.WHOLE;
    }
    if (!value.isIntegralNumber() || value.asInt(-1) < 0) {
      throw wrong("depth", "a number of levels from 0");
    }
    return value.asInt();
  }

  private boolean search() {
    JsonNode value = json.path("search");
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrong("search", "true or false");
    }
    return value.asBoolean(false);
  }
}
