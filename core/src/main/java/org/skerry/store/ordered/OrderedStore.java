package org.skerry.store.ordered;

import java.util.List;
import java.util.Optional;

/**
 * A node's derived data, in named spaces. Opening it costs nothing that grows with the data, and
 * neither does dropping a space. Any thread may call.
 *
 * <p>All methods, and those of what they return, throw {@link org.skerry.store.StoreException} when
 * they cannot do what they say, of kind {@link DamagedException} when what was stored is damaged.
 */
public interface OrderedStore extends AutoCloseable {
  /** The names of all spaces, in the order of their UTF-8 bytes. */
  List<String> names();

  /** The space of that name, made when there is none. */
  OrderedSpace open(String name);

  /** The space of that name, if there is one. */
  Optional<OrderedSpace> find(String name);

  /**
   * Deletes a space with all that is in it. Whoever uses it is told by {@link SpaceGoneException}.
   *
   * @return whether there was one
   */
  boolean drop(String name);

  /** Waits for calls under way, not for views that are open: those fail from then on. */
  @Override
  void close();
}
