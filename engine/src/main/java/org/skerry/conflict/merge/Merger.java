package org.skerry.conflict.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Merges what several sides made of an ancestor, member by member. Used once, by one thread.
 *
 * <p>At each place:
 *
 * <ol>
 *   <li>what all sides agree on is taken, unless something is said about a place below;
 *   <li>a way that stands there decides;
 *   <li>where all sides have objects, their members are merged each by itself;
 *   <li>otherwise the one change that was made is taken, by however many sides; of two different
 *       ones the member stays open, and the first side's is shown.
 * </ol>
 */
public final class Merger {
  private final Optional<Json> base;
  private final boolean baseKnown;
  private final List<Json> sides;
  private final Ways ways;
  private final List<Decision> decisions = new ArrayList<>();
  private final Set<Pointer> seen = new HashSet<>();

  private Merger(Optional<Json> base, boolean baseKnown, List<Json> sides, Ways ways) {
    this.base = base;
    this.baseKnown = baseKnown;
    this.sides = List.copyOf(sides);
    this.ways = ways;
  }

  /**
   * Merges.
   *
   * @param base nothing when its content is not here. A document that did not exist has an empty
   *     one
   * @param sides at least one, the winner first
   */
  public static Merged merge(Optional<? extends Json> base, List<? extends Json> sides, Ways ways) {
    return new Merger(base.map(Json.class::cast), base.isPresent(), new ArrayList<>(sides), ways)
        .run();
  }

  /** The side in which a member is greatest; of equal ones the first. Absent is least. */
  public static int latest(Pointer member, List<? extends Json> sides) {
    int latest = 0;
    for (int i = 1; i < sides.size(); i++) {
      if (isGreater(member.find(sides.get(i)), member.find(sides.get(latest)))) {
        latest = i;
      }
    }
    return latest;
  }

  private static boolean isGreater(Optional<Json> one, Optional<Json> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent();
    }
    return JsonOrder.RAW.compare(node(one), node(other)) > 0;
  }

  private static JsonNode node(Optional<Json> value) {
    return value.map(Json::node).orElse(MissingNode.getInstance());
  }

  private Merged run() {
    Optional<Json> merged =
        at(
            Pointer.ROOT,
            ways.cursor(),
            Way.Plain.MERGE,
            base,
            sides.stream().map(Optional::of).toList());
    Set<Pointer> unused = ways.places();
    unused.removeAll(seen);
    return new Merged(merged.orElse(Json.Members.NONE), decisions, unused);
  }

  private Optional<Json> at(
      Pointer place,
      Ways.Cursor cursor,
      Way inherited,
      Optional<Json> before,
      List<Optional<Json>> values) {
    boolean agreed = values.stream().distinct().count() == 1;
    if (agreed && cursor.isSilent()) {
      return values.getFirst();
    }
    seen.add(place);
    Way way = cursor.way().orElse(inherited);
    return switch (way) {
      case Way.Plain plain ->
          switch (plain) {
            case MERGE -> parts(place, cursor, way, before, values);
            case SET ->
                Combined.set(before, values, baseKnown)
                    .map(set -> decided(place, way, before, values, Optional.of(set)))
                    .orElseGet(() -> threeWay(place, way, before, values));
            case COUNTER ->
                Combined.sum(before, values, baseKnown)
                    .map(sum -> decided(place, way, before, values, Optional.of(sum)))
                    .orElseGet(() -> open(place, way, before, values));
            case WINNER -> take(place, cursor, new Way.Take(0, way.text()), before, values);
            case MANUAL -> open(place, way, before, values);
          };
      case Way.Latest latest ->
          take(
              place,
              cursor,
              new Way.Take(latest(latest.member(), sides), way.text()),
              before,
              values);
      case Way.Take take -> take(place, cursor, take, before, values);
      case Way.Identity identity -> elements(place, cursor, identity, before, values);
      case Way.Value value -> decided(place, way, before, values, Optional.of(value.value()));
      case Way.Remove remove -> decided(place, way, before, values, Optional.empty());
    };
  }

  /** One side's value, but for places below about which something else is said. */
  private Optional<Json> take(
      Pointer place,
      Ways.Cursor cursor,
      Way.Take take,
      Optional<Json> before,
      List<Optional<Json>> values) {
    boolean parted = place.steps().isEmpty() || !cursor.isSilent();
    return parted && allObjects(values)
        ? members(place, cursor, take, before, values)
        : decided(place, take, before, values, values.get(take.side()));
  }

  private Optional<Json> parts(
      Pointer place,
      Ways.Cursor cursor,
      Way way,
      Optional<Json> before,
      List<Optional<Json>> values) {
    return allObjects(values)
        ? members(place, cursor, way, before, values)
        : threeWay(place, way, before, values);
  }

  private static boolean allObjects(List<Optional<Json>> values) {
    return values.stream()
        .allMatch(value -> value.filter(Json.Members.class::isInstance).isPresent());
  }

  /** Each member by itself: the first side's in its order, then those that only others have. */
  private Optional<Json> members(
      Pointer place,
      Ways.Cursor cursor,
      Way inherited,
      Optional<Json> before,
      List<Optional<Json>> values) {
    List<Map<String, Json>> objects = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Optional<Json> value : values) {
      Map<String, Json> members = ((Json.Members) value.orElseThrow()).members();
      objects.add(members);
      names.addAll(members.keySet());
    }
    Map<String, Json> old =
        before.orElse(Json.Members.NONE) instanceof Json.Members object
            ? object.members()
            : Map.of();
    Map<String, Json> merged = new LinkedHashMap<>();
    for (String name : names) {
      at(
              place.child(name),
              cursor.child(name),
              inherited,
              Optional.ofNullable(old.get(name)),
              objects.stream().map(object -> Optional.ofNullable(object.get(name))).toList())
          .ifPresent(value -> merged.put(name, value));
    }
    return Optional.of(new Json.Members(merged));
  }

  /** The elements of arrays that can be told apart; others are merged as one value. */
  private Optional<Json> elements(
      Pointer place,
      Ways.Cursor cursor,
      Way.Identity identity,
      Optional<Json> before,
      List<Optional<Json>> values) {
    Optional<Map<String, Json>> old = Combined.byIdentity(before, identity);
    List<Map<String, Json>> sorted = new ArrayList<>();
    values.forEach(value -> Combined.byIdentity(value, identity).ifPresent(sorted::add));
    boolean removed = before.isPresent() && values.stream().anyMatch(Optional::isEmpty);
    if (old.isEmpty() || removed || sorted.size() < values.size()) {
      return threeWay(place, identity, before, values);
    }
    Set<String> keys = new LinkedHashSet<>();
    sorted.forEach(elements -> keys.addAll(elements.keySet()));
    List<Json> merged = new ArrayList<>();
    for (String key : keys) {
      at(
              place.child(key),
              cursor.child(key),
              Way.Plain.MERGE,
              Optional.ofNullable(old.get().get(key)),
              sorted.stream().map(elements -> Optional.ofNullable(elements.get(key))).toList())
          .ifPresent(merged::add);
    }
    return Optional.of(new Json.Items(merged));
  }

  private Optional<Json> threeWay(
      Pointer place, Way way, Optional<Json> before, List<Optional<Json>> values) {
    Set<Optional<Json>> changes = new LinkedHashSet<>(values);
    if (baseKnown) {
      changes.remove(before);
    }
    if (changes.size() > 1) {
      return open(place, way, before, values);
    }
    return decided(
        place, way, before, values, changes.isEmpty() ? before : changes.iterator().next());
  }

  private Optional<Json> open(
      Pointer place, Way way, Optional<Json> before, List<Optional<Json>> values) {
    return note(place, way, true, before, values, values.getFirst());
  }

  private Optional<Json> decided(
      Pointer place,
      Way way,
      Optional<Json> before,
      List<Optional<Json>> values,
      Optional<Json> result) {
    return note(place, way, false, before, values, result);
  }

  private Optional<Json> note(
      Pointer place,
      Way way,
      boolean open,
      Optional<Json> before,
      List<Optional<Json>> values,
      Optional<Json> result) {
    boolean agreed = values.stream().distinct().count() == 1;
    if (agreed && open) {
      return values.getFirst();
    }
    if (!agreed || !values.getFirst().equals(result)) {
      decisions.add(new Decision(place, way, open, before, values, result));
    }
    return result;
  }
}
