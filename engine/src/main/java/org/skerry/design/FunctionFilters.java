package org.skerry.design;

import org.skerry.changes.ChangeFilter;
import org.skerry.database.Database;
import tools.jackson.databind.JsonNode;

/** Finds the filter functions that readers of a feed name. Any thread may call. */
public final class FunctionFilters {
  private final Designs designs;

  public FunctionFilters(Designs designs) {
    this.designs = designs;
  }

  /**
   * The filter function of that name.
   *
   * @param name {@code design/filter}
   * @throws IllegalArgumentException when the name has another form
   * @throws DesignMissingException when there is none
   */
  public ChangeFilter function(Database database, String name, JsonNode request) {
    String[] parts = parts(name);
    return new FunctionFilter(designs.find(database, parts[0]), parts[1], request);
  }

  /** The view of that name ({@code design/view}) as a filter; throws as {@link #function}. */
  public ChangeFilter view(Database database, String name) {
    String[] parts = parts(name);
    return new ViewFilter(designs.find(database, parts[0]), parts[1]);
  }

  private static String[] parts(String name) {
    int slash = name.indexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      throw new IllegalArgumentException("not of the form design/name: " + name);
    }
    return new String[] {name.substring(0, slash), name.substring(slash + 1)};
  }
}
