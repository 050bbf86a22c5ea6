package org.skerry.exchange.parent;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.ValueReader;
import org.skerry.database.Databases;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import tools.jackson.databind.JsonNode;

/**
 * The children whose wrappers are taken, when somebody wrote such a list: the document {@link #ID}
 * of {@code _exchange}, and the member of that name in configuration files of Sync 2.0. Without a
 * list that is enabled, who may sign in may send wrappers: they give no right that the user does
 * not have.
 *
 * @param ids nothing where no list is enabled
 */
public record Whitelist(Optional<Set<String>> ids) {
  /** Its document, and its member in other documents. */
  public static final String ID = "whitelist";

  /** What stands in the documents of that database now. */
  static Whitelist read(Databases databases, String database) {
    Set<String> ids = new HashSet<>();
    boolean[] enabled = {false};
    databases
        .find(database)
        .ifPresent(
            found ->
                found
                    .store()
                    .scan(
                        DocRange.ALL,
                        Fields.WINNER,
                        document -> {
                          if (!document.deleted() && !document.id().isDesign()) {
                            JsonNode json =
                                ValueReader.read(document.revisions().getFirst().body().json());
                            JsonNode list = document.id().text().equals(ID) ? json : json.path(ID);
                            if (list.path("enabled").asBoolean(false)) {
                              enabled[0] = true;
                              add(ids, list.path("instanceIds"));
                            }
                          }
                          return true;
                        }));
    return new Whitelist(enabled[0] ? Optional.of(ids) : Optional.empty());
  }

  /** What is no text names nobody, and neither does an empty one. */
  private static void add(Set<String> ids, JsonNode list) {
    for (JsonNode id : list) {
      if (id.isString() && !id.stringValue().isEmpty()) {
        ids.add(id.stringValue());
      }
    }
  }

  boolean admits(String instance) {
    return ids.isEmpty() || ids.get().contains(instance);
  }

  /** What is wrong with a list; nothing when it is one. */
  public static List<String> problems(JsonNode list) {
    if (!list.isObject() || !list.path("enabled").isBoolean()) {
      return List.of("`enabled` must be true or false");
    }
    JsonNode ids = list.path("instanceIds");
    boolean texts = ids.isArray() && ids.valueStream().allMatch(JsonNode::isString);
    return texts ? List.of() : List.of("`instanceIds` must be an array of texts");
  }
}
