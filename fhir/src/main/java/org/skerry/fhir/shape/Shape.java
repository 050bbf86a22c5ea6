package org.skerry.fhir.shape;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an object may have.
 *
 * @param name of its type
 * @param elements by their names in JSON; those of a choice by each of their names
 */
record Shape(String name, Map<String, Element> elements) {
  /** What kind of value an element has. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    TEXT,
    /** Text that is a date, with its type's precision. */
    DATE,
    XHTML,
    /** A text that names another resource: of type uri and its kin, or a literal reference. */
    LINK,
    COMPLEX,
    RESOURCE
  }

  /**
   * One element.
   *
   * @param list whether it is an array in JSON
   * @param type of a primitive
   * @param shape of a complex one
   */
  record Element(
      String name, boolean list, Kind kind, String type, Optional<Supplier<Shape>> shape) {
    boolean isPrimitive() {
      return kind != Kind.COMPLEX && kind != Kind.RESOURCE;
    }
  }
}
