package org.skerry.fhir.rest.patch;

import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value that a patch brings.
 *
 * @param type its datatype, capitalised; empty for elements whose type has no name
 * @param json it
 * @param beside id and extensions of a primitive value
 */
record PatchValue(String type, JsonNode json, Optional<JsonNode> beside) {
  private static final String VALUE = "value";

  /**
   * Reads the part {@code value}.
   *
   * @param model an element of the type that it is to be of, for those whose type has no name
   */
  static Optional<PatchValue> of(JsonNode part, Optional<Base> model) {
    for (String name : part.propertyNames()) {
      if (name.startsWith(VALUE)) {
        return Optional.of(
            new PatchValue(
                name.substring(VALUE.length()),
                part.get(name),
                Optional.ofNullable(part.get("_" + name))));
      }
      if (name.startsWith("_" + VALUE) && !part.has(name.substring(1))) {
        return Optional.of(
            new PatchValue(
                name.substring(VALUE.length() + 1),
                NullNode.instance,
                Optional.of(part.get(name))));
      }
      if (name.equals("resource")) {
        return Optional.of(new PatchValue("", part.get(name), Optional.empty()));
      }
    }
    return part.path("part") instanceof ArrayNode parts
        ? Optional.of(new PatchValue("", anonymous(parts, model), Optional.empty()))
        : Optional.empty();
  }

  /** An element without a name of its own: its members are parts. */
  private static ObjectNode anonymous(ArrayNode parts, Optional<Base> model) {
    ObjectNode object = parts.objectNode();
    for (JsonNode part : parts) {
      String name = part.path("name").asString("");
      Optional<Property> property = model.map(base -> property(base, name));
      boolean list = property.filter(Property::isList).isPresent();
      boolean choice = property.filter(one -> one.getName().endsWith("[x]")).isPresent();
      Optional<Base> inner = model.map(base -> child(base, name));
      of(part, inner)
          .ifPresent(value -> value.put(object, choice ? name + value.type : name, list));
    }
    return object;
  }

  private static @Nullable Property property(Base base, String name) {
    return base.getNamedProperty(name);
  }

  static @Nullable Base child(Base base, String name) {
    try {
      return base.addChild(name);
    } catch (FHIRException e) {
      // Datatypes and primitives are no elements without a name.
      return null;
    }
  }

  /** Puts it into an object; into a list, at its end. */
  void put(ObjectNode owner, String member, boolean list) {
    if (list) {
      ArrayNode array =
          owner.path(member) instanceof ArrayNode there ? there : owner.putArray(member);
      insert(owner, member, array.size());
      return;
    }
    owner.remove("_" + member);
    if (json.isNull()) {
      owner.remove(member);
    } else {
      owner.set(member, json);
    }
    beside.ifPresent(extensions -> owner.set("_" + member, extensions));
  }

  /** Puts it into a list; what is kept beside a list of primitives keeps in step. */
  void insert(ObjectNode owner, String member, int index) {
    ArrayNode array =
        owner.path(member) instanceof ArrayNode there ? there : owner.putArray(member);
    array.insert(index, json);
    if (owner.path("_" + member) instanceof ArrayNode aside) {
      while (aside.size() < index) {
        aside.addNull();
      }
      aside.insert(index, beside.orElseGet(aside::nullNode));
    } else if (beside.isPresent()) {
      ArrayNode aside = owner.putArray("_" + member);
      while (aside.size() < index) {
        aside.addNull();
      }
      aside.add(beside.get());
    }
  }
}
