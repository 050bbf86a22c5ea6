package org.skerry.postgres.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads one table of a mapping. */
final class TableReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "type",
          "mode",
          "key",
          "row",
          "columns",
          "references",
          "local",
          "stamps",
          "deletion",
          "collisions",
          "via",
          "orphans",
          "batch",
          "scope",
          "policy",
          "comment");

  /** What can stand before an id's first slash. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.$-]{0,99}");

  private static final int MOST_BATCH = 10_000;
  private static final String TRYTONS_KEY = "id";

  private final Members table;
  private final Map<String, String> memberOf = new LinkedHashMap<>();

  TableReader(Members table) {
    this.table = table;
  }

  Table table() {
    table.only(MEMBERS);
    if (!table.has("name")) {
      table.wrong("name", "is missing: the table's");
    }
    String name = table.name("name").orElse("");
    String type = table.text("type").orElse(name);
    if (!type.isEmpty() && !TYPE.matcher(type).matches()) {
      table.wrong("type", "must be a word: it stands before the slash in its documents' ids");
    }
    List<Column> columns = new ArrayList<>(values());
    columns.addAll(references());
    Key key = key();
    Set<String> local = local(key);
    RowName rowName = rowName(columns);
    Table read =
        new Table(
            name,
            type,
            table.word("mode", Mode.BOTH, List.of(Mode.values())),
            key,
            rowName,
            columns,
            local,
            new StampReader(table).stamps(),
            new StampReader(table).deletion(),
            collisions(),
            via(columns),
            table.word("orphans", Orphans.WAIT, List.of(Orphans.values())),
            (int) table.number("batch", Table.USUAL_BATCH, 1, MOST_BATCH),
            rule("scope", Set.of("type", "selector")),
            rule("policy", Set.of("name", "type", "selector")));
    check(read);
    return read;
  }

  private void check(Table read) {
    Set<String> once = new HashSet<>();
    for (Column column : read.columns()) {
      if (!once.add(column.name())) {
        table.wrong("columns", "and `references` name `" + column.name() + "` twice");
      }
      if (read.key().is(List.of(column.name())) && read.rowName() instanceof RowName.Uuid) {
        table.wrong("columns", "has the key `" + read.key() + "`: local ids stay at home");
      }
      if (read.local().contains(column.name())) {
        table.wrong("local", "has `" + column.name() + "`, which is mapped");
      }
      if (read.stamps().containsKey(column.name())) {
        table.wrong("stamps", "has `" + column.name() + "`, which is mapped");
      }
    }
    if (!read.key().isSingle() && read.rowName() instanceof RowName.Listed) {
      table.wrong("row", "can be `listed` only where the key is one column");
    }
    if (!read.key().is(List.of(TRYTONS_KEY)) && read.via() instanceof Via.Rpc) {
      table.wrong(
          "via", "can be RPC only where the key is `id`: Tryton knows rows by nothing else");
    }
    for (Collision collision : read.collisions()) {
      if (read.column(collision.columns().isEmpty() ? "" : collision.columns().getFirst())
          .isEmpty()) {
        table.wrong("collisions", "must begin with a column that is mapped");
      }
    }
  }

  private Key key() {
    if (!table.node("key").isArray()) {
      return Key.of(table.name("key").orElse("id"));
    }
    List<String> columns = table.names("key");
    return columns.isEmpty() ? Key.of("id") : new Key(columns);
  }

  private List<Column> values() {
    List<Column> found = new ArrayList<>();
    JsonNode node = table.node("columns");
    if (node.isArray()) {
      for (String name : table.names("columns")) {
        found.add(new Column(name, member(name, "columns", name), Column.Value.USUAL));
      }
      return found;
    }
    table
        .each("columns")
        .forEach((name, json) -> found.add(value(name, json, table.object("columns"))));
    return found;
  }

  private Column value(String name, JsonNode json, Members columns) {
    if (!Members.isName(name)) {
      columns.wrong(name, "can be no name of a column");
    }
    if (json.isString()) {
      return new Column(name, member(name, "columns", json.stringValue()), Column.Value.USUAL);
    }
    Members column = columns.object(name).only(Set.of("member", "kind"));
    Optional<Kind> kind = column.word("kind", List.of(Kind.values()));
    String member = member(name, "columns", column.text("member").orElse(name));
    return new Column(name, member, new Column.Value(kind));
  }

  private List<Column> references() {
    List<Column> found = new ArrayList<>();
    Members references = table.object("references");
    table
        .each("references")
        .forEach(
            (name, json) -> {
              if (!Members.isName(name)) {
                references.wrong(name, "can be no name of a column");
              }
              if (json.isString()) {
                String member = member(name, "references", name);
                found.add(new Column(name, member, new Column.Reference(json.stringValue())));
              } else {
                found.add(reference(name, references));
              }
            });
    return found;
  }

  private Column reference(String name, Members references) {
    Members reference = references.object(name).only(Set.of("member", "table", "models"));
    String member = member(name, "references", reference.text("member").orElse(name));
    if (reference.has("models") == reference.has("table")) {
      references.wrong(name, "must have either `table` or `models`");
    }
    if (!reference.has("models")) {
      String target = reference.name("table").orElse("");
      return new Column(name, member, new Column.Reference(target));
    }
    Map<String, String> tables = new HashMap<>();
    Members models = reference.object("models");
    reference.each("models").keySet().forEach(model -> tables.put(model, models.needed(model, "")));
    return new Column(name, member, new Column.AnyReference(tables));
  }

  private String member(String column, String place, String member) {
    if (member.startsWith("_") || member.isBlank()) {
      table.wrong(place, "gives `" + column + "` a member that CouchDB keeps: `" + member + "`");
    }
    String other = memberOf.putIfAbsent(member, column);
    if (other != null && !other.equals(column)) {
      table.wrong(
          place, "gives `" + other + "` and `" + column + "` the same member `" + member + "`");
    }
    return member;
  }

  private Set<String> local(Key key) {
    if (!table.has("local")) {
      return Set.of();
    }
    if (table.node("local").isArray() && table.node("local").isEmpty()) {
      return Set.of();
    }
    Set<String> found = new LinkedHashSet<>(table.names("local"));
    found.removeIf(key::has);
    return found;
  }

  private RowName rowName(List<Column> columns) {
    JsonNode node = table.node("row");
    if (node.isMissingNode() || node.isString() && node.stringValue().equals("uuid")) {
      return new RowName.Uuid();
    }
    Members row = table.object("row").only(Set.of("natural", "listed"));
    if (row.has("natural")) {
      List<String> natural = row.names("natural");
      for (String name : natural) {
        if (columns.stream().noneMatch(column -> column.name().equals(name))) {
          row.wrong("natural", "names `" + name + "`, which is not mapped");
        }
      }
      return new RowName.Natural(natural);
    }
    if (!row.has("listed")) {
      table.wrong("row", "must be `uuid`, {\"natural\": [columns]} or {\"listed\": {…}}");
      return new RowName.Uuid();
    }
    Members listed = row.object("listed").only(Set.of("table", "key", "where", "columns"));
    Map<String, String> where = new HashMap<>();
    Members conditions = listed.object("where");
    listed
        .each("where")
        .keySet()
        .forEach(name -> where.put(name, conditions.needed(name, "what must stand there")));
    return new RowName.Listed(
        listed.name("table").orElse("ir_model_data"),
        listed.name("key").orElse("db_id"),
        where,
        listed.has("columns") ? listed.names("columns") : List.of("module", "fs_id"));
  }

  private List<Collision> collisions() {
    List<Collision> found = new ArrayList<>();
    if (table.has("collisions") && !table.node("collisions").isArray()) {
      table.wrong("collisions", "must be a list");
      return found;
    }
    int index = 0;
    for (JsonNode json : table.node("collisions")) {
      Members collision =
          table
              .part(json, "collisions[" + index++ + "]")
              .only(Set.of("columns", "rule", "sequence"));
      if (!collision.has("rule")) {
        collision.wrong("rule", "is missing: " + List.of(Collision.Rule.values()));
      }
      found.add(
          new Collision(
              collision.names("columns"),
              collision.word("rule", Collision.Rule.SUFFIX, List.of(Collision.Rule.values())),
              NumberingReader.read(collision)));
    }
    return found;
  }

  private Via via(List<Column> columns) {
    JsonNode node = table.node("via");
    if (node.isMissingNode() || node.isString() && node.stringValue().equals("sql")) {
      return new Via.Sql();
    }
    Members via = table.object("via").only(Set.of("rpc", "through"));
    String model = via.needed("rpc", "Tryton's model");
    if (!via.has("through")) {
      return new Via.Rpc(model, Optional.empty());
    }
    Members through = via.object("through").only(Set.of("field", "parent", "child"));
    Via.Through relation =
        new Via.Through(
            through.needed("field", "the parent's"),
            through.needed("parent", "the column that refers to the parent"),
            through.needed("child", "the column that refers to the other end"));
    for (String end : List.of(relation.parent(), relation.child())) {
      boolean refers =
          columns.stream()
              .anyMatch(
                  column ->
                      column.name().equals(end) && column.content() instanceof Column.Reference);
      if (!refers && !end.isEmpty()) {
        via.wrong("through", "names `" + end + "`, which is no reference");
      }
    }
    return new Via.Rpc(model, Optional.of(relation));
  }

  /** A rule of somebody else's language: it is read where it is used. */
  private Optional<String> rule(String name, Set<String> notHere) {
    JsonNode rule = table.node(name);
    if (rule.isMissingNode() || rule.isNull()) {
      return Optional.empty();
    }
    if (!rule.isObject()) {
      table.wrong(name, "must be an object");
      return Optional.empty();
    }
    notHere.stream()
        .filter(rule::has)
        .forEach(member -> table.wrong(name, "has `" + member + "`, which the table says"));
    return Optional.of(rule.toString());
  }
}
