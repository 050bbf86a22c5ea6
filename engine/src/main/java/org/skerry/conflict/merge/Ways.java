package org.skerry.conflict.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which way decides at which place. A {@code *} stands for any element matched by identity. */
public final class Ways {
  /** The plain three-way merge everywhere. */
  public static final Ways NONE = new Ways(Map.of());

  private static final String ANY = "*";

  private final Map<Pointer, Way> ways;
  private final Step root = new Step();

  private Ways(Map<Pointer, Way> ways) {
    this.ways = Map.copyOf(ways);
    ways.forEach(
        (pointer, way) -> {
          Step at = root;
          for (String step : pointer.steps()) {
            at = at.below.computeIfAbsent(step, unknown -> new Step());
          }
          at.way = Optional.of(way);
        });
  }

  private static final class Step {
    private final Map<String, Step> below = new HashMap<>();
    private Optional<Way> way = Optional.empty();
  }

  public static Ways of(Map<Pointer, Way> ways) {
    return new Ways(ways);
  }

  /** With others in front of these: a person's choices before a policy. */
  public Ways with(Map<Pointer, Way> choices) {
    Map<Pointer, Way> all = new HashMap<>(ways);
    all.putAll(choices);
    return new Ways(all);
  }

  /** With a way for a place that has none, and below which nothing has one. */
  public Ways withDefault(Pointer place, Way way) {
    boolean named =
        ways.keySet().stream()
            .anyMatch(
                known ->
                    known.steps().size() >= place.steps().size()
                        && known.steps().subList(0, place.steps().size()).equals(place.steps()));
    return named ? this : with(Map.of(place, way));
  }

  /** Whether a place above this one has a way that decides about all that stands below it. */
  public boolean decidesAbove(Pointer place) {
    return ways.entrySet().stream()
        .filter(known -> known.getValue() != Way.Plain.MERGE)
        .map(known -> known.getKey().steps())
        .anyMatch(
            steps ->
                steps.size() < place.steps().size()
                    && place.steps().subList(0, steps.size()).equals(steps));
  }

  /**
   * With a person in the place of sums: where sides share edits that their ancestor lacks, summing
   * would count those twice.
   */
  public Ways withoutCounters() {
    Map<Pointer, Way> sure = new HashMap<>(ways);
    sure.replaceAll((place, way) -> way == Way.Plain.COUNTER ? Way.Plain.MANUAL : way);
    return new Ways(sure);
  }

  /** Every place about which something is said. */
  public Set<Pointer> places() {
    return new HashSet<>(ways.keySet());
  }

  Cursor cursor() {
    return new Cursor(List.of(root));
  }

  /** A place on the way down: all steps that fit, the most exact first. */
  static final class Cursor {
    private final List<Step> at;

    private Cursor(List<Step> at) {
      this.at = at;
    }

    Cursor child(String step) {
      if (at.isEmpty()) {
        return this;
      }
      List<Step> fitting = new ArrayList<>(1);
      for (String name : List.of(step, ANY)) {
        for (Step one : at) {
          Step next = one.below.get(name);
          if (next != null) {
            fitting.add(next);
          }
        }
      }
      return new Cursor(fitting);
    }

    Optional<Way> way() {
      return at.stream().flatMap(step -> step.way.stream()).findFirst();
    }

    /** Whether nothing is said about this place and those below it. */
    boolean isSilent() {
      return at.isEmpty();
    }
  }
}
