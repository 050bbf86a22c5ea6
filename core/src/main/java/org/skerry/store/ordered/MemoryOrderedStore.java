package org.skerry.store.ordered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.skerry.store.StoreException;

/**
 * The reference: everything in memory, as simple as the promises allow. For tests, and for programs
 * that want nothing to remain. Any thread may call.
 */
public final class MemoryOrderedStore implements OrderedStore {
  private final ConcurrentSkipListMap<String, MemorySpace> spaces =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(
              name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));

  /** Volatile: set once, seen by all. */
  private volatile boolean closed;

  private void check() {
    if (closed) {
      throw new StoreException("the store of indexes is closed; open it again");
    }
  }

  @Override
  public List<String> names() {
    check();
    return List.copyOf(spaces.keySet());
  }

  @Override
  public OrderedSpace open(String name) {
    check();
    return spaces.computeIfAbsent(name, MemorySpace::new);
  }

  @Override
  public Optional<OrderedSpace> find(String name) {
    check();
    return Optional.ofNullable(spaces.get(name));
  }

  @Override
  public boolean drop(String name) {
    check();
    MemorySpace dropped = spaces.remove(name);
    if (dropped == null) {
      return false;
    }
    dropped.end(() -> new SpaceGoneException(name));
    return true;
  }

  @Override
  public void close() {
    closed = true;
    spaces
        .values()
        .forEach(space -> space.end(() -> new StoreException("the store of indexes is closed")));
  }
}
