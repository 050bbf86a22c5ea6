package org.skerry.postgres.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what a table's rows are stamped with, and how they are deleted. */
final class StampReader {
  private static final String NOW = "now";

  private final Members table;

  StampReader(Members table) {
    this.table = table;
  }

  Map<String, Stamp> stamps() {
    Map<String, Stamp> found = new HashMap<>();
    Members stamps = table.object("stamps");
    for (String column : table.each("stamps").keySet()) {
      Members stamp = stamps.object(column).only(Set.of("insert", "update"));
      Optional<Stamp.Value> insert = value(stamp, "insert");
      Optional<Stamp.Value> update = value(stamp, "update");
      if (!Members.isName(column)) {
        stamps.wrong(column, "can be no name of a column");
      } else if (insert.isEmpty() && update.isEmpty()) {
        stamps.wrong(column, "needs `insert` or `update`");
      }
      found.put(column, new Stamp(insert, update));
    }
    return found;
  }

  private static Optional<Stamp.Value> value(Members stamp, String name) {
    return text(stamp, name)
        .map(text -> text.equals(NOW) ? new Stamp.Value.Now() : new Stamp.Value.Fixed(text));
  }

  private static Optional<String> text(Members members, String name) {
    JsonNode value = members.node(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      members.wrong(name, "must be a text, a number, true or false");
      return Optional.empty();
    }
    return Optional.of(value.isString() ? value.stringValue() : value.toString());
  }

  Deletion deletion() {
    JsonNode node = table.node("deletion");
    if (node.isMissingNode() || node.isString() && node.stringValue().equals("real")) {
      return new Deletion.Real();
    }
    Members soft =
        table
            .object("deletion")
            .only(Set.of("soft"))
            .object("soft")
            .only(Set.of("column", "value"));
    if (!soft.has("column")) {
      table.wrong("deletion", "must be `real` or {\"soft\": {\"column\": …, \"value\": …}}");
      return new Deletion.Real();
    }
    return new Deletion.Soft(soft.name("column").orElse(""), text(soft, "value").orElse("false"));
  }
}
