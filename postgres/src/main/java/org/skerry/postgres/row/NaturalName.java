package org.skerry.postgres.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Table;

/**
 * Ids made of what stands in rows: {@code country_country/ES}, {@code party_category_rel/a,b}. A
 * comma within a part is {@code %2C}, a percent sign {@code %25}; NULL is nothing, and an empty
 * text is {@code %}.
 */
public final class NaturalName {
  private static final String NOTHING = "";
  private static final String EMPTY = "%";

  private NaturalName() {}

  /**
   * The id that values make; nothing when all of them are NULL, or when they are too long for an
   * id.
   */
  public static Optional<String> of(String type, List<Optional<String>> values) {
    if (values.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    values.forEach(value -> parts.add(value.map(NaturalName::part).orElse(NOTHING)));
    String name = type + "/" + String.join(",", parts);
    return Optional.of(name)
        .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= DocId.MAX_BYTES);
  }

  /** The values that an id was made of; nothing when it was made of another number of them. */
  public static Optional<List<Optional<String>>> values(String type, String name, int count) {
    if (!name.startsWith(type + "/")) {
      return Optional.empty();
    }
    String[] parts = name.substring(type.length() + 1).split(",", -1);
    return parts.length == count
        ? Optional.of(Arrays.stream(parts).map(NaturalName::value).toList())
        : Optional.empty();
  }

  /**
   * What a column of a row contributes: its text, or the name of the row that it refers to, without
   * that one's type where there is but one. Nothing for NULL, and for a row that has no name.
   */
  public static Optional<String> value(Table table, String name, Row row, Names names) {
    Optional<String> text = row.value(name);
    Optional<Column> column =
        table.column(name).filter(one -> !(one.content() instanceof Column.Value));
    if (column.isEmpty()) {
      return text;
    }
    return text.flatMap(value -> AnyReferences.reference(column.get(), value))
        .flatMap(names::name)
        .map(
            other ->
                column.get().content() instanceof Column.Reference ? withoutType(other) : other);
  }

  /** What stands behind an id's type. */
  public static String withoutType(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static String part(String value) {
    return value.isEmpty() ? EMPTY : value.replace("%", "%25").replace(",", "%2C");
  }

  private static Optional<String> value(String part) {
    return switch (part) {
      case NOTHING -> Optional.empty();
      case EMPTY -> Optional.of("");
      default -> Optional.of(part.replace("%2C", ",").replace("%25", "%"));
    };
  }
}
