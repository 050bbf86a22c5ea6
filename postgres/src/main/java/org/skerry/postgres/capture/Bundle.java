package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowRef;

/**
 * Units that are taken care of together, because none of them touches what another one does: what
 * they cost is shared. One thread.
 */
final class Bundle {
  private static final int MOST_EFFECTS = 5_000;

  private final List<Unit> units = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Set<RowRef> touched = new HashSet<>();

  /** Tables of which a row with a natural name is gone: another may get that name. */
  private final Set<Table> freed = new HashSet<>();

  private boolean alone;

  List<Unit> units() {
    return units;
  }

  List<Effect> effects() {
    return effects;
  }

  /** Whether a table was emptied: such a unit is taken care of by itself, step by step. */
  boolean isAlone() {
    return alone;
  }

  /** Adds a unit unless it has to wait until those that are here are taken care of. */
  boolean add(Unit unit, List<Effect> more) {
    boolean emptying = more.stream().anyMatch(Effect.Emptied.class::isInstance);
    if (!units.isEmpty() && (alone || emptying || !isFree(more))) {
      return false;
    }
    alone = emptying;
    units.add(unit);
    effects.addAll(more);
    more.forEach(this::touch);
    return true;
  }

  private boolean isFree(List<Effect> more) {
    return effects.size() + more.size() <= MOST_EFFECTS
        && more.stream()
            .allMatch(
                effect ->
                    switch (effect) {
                      case Effect.Stands stands ->
                          !touched.contains(stands.row())
                              && stands.known().filter(touched::contains).isEmpty()
                              && !freed.contains(stands.table());
                      case Effect.Gone gone -> !touched.contains(gone.known());
                      case Effect.Emptied emptied -> false;
                    });
  }

  private void touch(Effect effect) {
    switch (effect) {
      case Effect.Stands stands -> {
        touched.add(stands.row());
        stands.known().ifPresent(touched::add);
      }
      case Effect.Gone gone -> {
        touched.add(gone.known());
        if (!(gone.table().rowName() instanceof RowName.Uuid)) {
          freed.add(gone.table());
        }
      }
      case Effect.Emptied emptied -> {}
    }
  }
}
