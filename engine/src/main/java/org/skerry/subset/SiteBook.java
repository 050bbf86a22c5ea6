package org.skerry.subset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.skerry.store.subset.Label;

/** All sites and places of a node as they were at one moment. Immutable. */
public final class SiteBook {
  /** Where there are none. */
  public static final SiteBook EMPTY = new SiteBook(List.of(), List.of());

  private final Map<String, Site> sites = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();

  /** By the ids of the sites, as the next. */
  private final Map<String, List<Site>> byUser = new HashMap<>();

  private final Map<String, List<Site>> byRole = new HashMap<>();

  SiteBook(Collection<Site> sites, Collection<Place> places) {
    sites.forEach(site -> this.sites.put(site.id(), site));
    places.forEach(place -> this.places.put(place.id(), place));
    for (Site site : this.sites.values()) {
      site.users().forEach(user -> add(byUser, user, site));
      site.roles().forEach(role -> add(byRole, role, site));
    }
  }

  private static void add(Map<String, List<Site>> sites, String name, Site site) {
    sites.computeIfAbsent(name, none -> new ArrayList<>(1)).add(site);
  }

  /** All sites by their ids, in order. */
  public Collection<Site> sites() {
    return sites.values();
  }

  /** The site of that id. */
  public Optional<Site> site(String id) {
    return Optional.ofNullable(sites.get(id));
  }

  /** All places. */
  Collection<Place> places() {
    return places.values();
  }

  /**
   * As which site somebody sees a database: of those that have a part of it the first, by id, that
   * names the user; else the first, by role and id, that names one of the roles.
   */
  public Optional<Site> of(String database, Optional<String> user, Set<String> roles) {
    Stream<Site> named = user.map(byUser::get).stream().flatMap(List::stream);
    Stream<Site> meant =
        byRole.isEmpty()
            ? Stream.empty()
            : new TreeSet<>(roles)
                .stream().flatMap(role -> byRole.getOrDefault(role, List.of()).stream());
    return Stream.concat(named, meant).filter(site -> site.has(database)).findFirst();
  }

  /**
   * Whom the labels of places mean in a database: the sites that are there, and those above that
   * look so deep.
   */
  Map<Label, Set<String>> meanings(String database) {
    Map<String, List<Site>> here = new HashMap<>();
    for (Site site : sites.values()) {
      if (site.has(database)) {
        site.places().forEach(at -> here.computeIfAbsent(at, none -> new ArrayList<>()).add(site));
      }
    }
    Set<String> names = new HashSet<>(places.keySet());
    names.addAll(here.keySet());
    Map<Label, Set<String>> meanings = new HashMap<>();
    for (String name : names) {
      Set<String> meant = meant(name, here);
      if (!meant.isEmpty()) {
        meanings.put(Label.place(name), meant);
      }
    }
    return meanings;
  }

  private Set<String> meant(String place, Map<String, List<Site>> here) {
    Set<String> meant = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Optional<String> at = Optional.of(place);
    // A place that is, over others, in itself ends the way up.
    for (int level = 0; at.isPresent() && seen.add(at.get()); level++) {
      for (Site site : here.getOrDefault(at.get(), List.of())) {
        if (site.depth() >= level) {
          meant.add(site.id());
        }
      }
      at = Optional.ofNullable(places.get(at.get())).flatMap(Place::parent);
    }
    return meant;
  }
}
