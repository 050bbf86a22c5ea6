package org.skerry.subset;

import java.util.List;
import java.util.Set;

/**
 * Somebody who gets a part of databases: a clinic, a tablet.
 *
 * @param id the document's id
 * @param users who signs in as it
 * @param roles whoever has one of these signs in as it
 * @param places where it is: documents of these places are its own, and those of places below
 * @param depth how many levels below its places it sees; {@link #WHOLE} for all
 * @param databases in which it has a subset; none: in all that have scope rules
 * @param searches whether it may search beyond its subset, and fetch what it finds
 */
public record Site(
    String id,
    String name,
    Set<String> users,
    Set<String> roles,
    List<String> places,
    int depth,
    Set<String> databases,
    boolean searches) {
  /** All levels below. */
  public static final int WHOLE = Integer.MAX_VALUE;

  public Site {
    users = Set.copyOf(users);
    roles = Set.copyOf(roles);
    places = List.copyOf(places);
    databases = Set.copyOf(databases);
  }

  /** Whether it has a subset of a database. */
  public boolean has(String database) {
    return databases.isEmpty() || databases.contains(database);
  }
}
