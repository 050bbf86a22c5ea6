package org.skerry.script.dialect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What some words mean where they stand.
 *
 * @param self {@code this}
 * @param home the object in which {@code super} finds members; none outside of classes
 * @param construction what runs at the moment, in constructors and the arrow functions in them
 * @param returns whether what stands here ends the constructor of a derived class when it returns
 * @param privates private names, as texts
 */
record Context(
    String self,
    Optional<String> home,
    Optional<Construction> construction,
    boolean returns,
    Map<String, String> privates) {
  /**
   * The making of an object.
   *
   * @param fresh the object that {@code new} made, with the prototype of the class that was asked
   * @param parent what {@code super()} calls; none in a class without
   * @param fields those of the class
   */
  record Construction(String fresh, Optional<String> parent, String fields) {}

  static final Context OUTSIDE =
      new Context("this", Optional.empty(), Optional.empty(), false, Map.of());

  /** In a function of its own, which is no arrow function. */
  Context inFunction() {
    return new Context("this", Optional.empty(), Optional.empty(), false, privates);
  }

  Context inArrow() {
    return new Context(self, home, construction, false, privates);
  }

  Context inMember(String homeOfIt) {
    return new Context("this", Optional.of(homeOfIt), Optional.empty(), false, privates);
  }

  Context inConstructor(String selfInIt, String homeOfIt, Construction made) {
    return new Context(
        selfInIt, Optional.of(homeOfIt), Optional.of(made), made.parent().isPresent(), privates);
  }

  Context withPrivates(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(privates);
    all.putAll(more);
    return new Context(self, home, construction, returns, all);
  }
}
