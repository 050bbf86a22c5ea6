package org.skerry.postgres.mapping;

import java.util.Map;
import java.util.Optional;

/**
 * A column that is a member of the document.
 *
 * @param name in the table
 * @param member in the document
 */
public record Column(String name, String member, Content content) {
  /** What stands in a column. */
  public sealed interface Content {}

  /**
   * A value.
   *
   * @param kind where it is not what the column's type says
   */
  public record Value(Optional<Kind> kind) implements Content {
    /** A value of the column's own kind. */
    public static final Value USUAL = new Value(Optional.empty());
  }

  /**
   * A foreign key, which travels as the id of the document that the row is.
   *
   * @param table the one that the key is of, which must be mapped
   */
  public record Reference(String table) implements Content {}

  /**
   * A reference into one of several tables, as Tryton writes them: {@code party.party,12}.
   *
   * @param tables by what stands before the comma
   */
  public record AnyReference(Map<String, String> tables) implements Content {
    public AnyReference {
      tables = Map.copyOf(tables);
    }
  }
}
