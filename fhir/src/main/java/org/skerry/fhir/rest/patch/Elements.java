package org.skerry.fhir.rest.patch;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a model's elements stand in the JSON from which it was read: so FHIRPath finds elements in
 * models, and what changes are the JSON's own members, digits and order included.
 */
final class Elements {
  private final Map<Base, Place> places = new IdentityHashMap<>();

  /**
   * Where an element stands.
   *
   * @param owner the object that has the member; of the resource itself nothing
   * @param index in an array; -1 when the member is none
   */
  record Place(Optional<ObjectNode> owner, String member, int index, ObjectNode inner) {}

  /** The places of a resource and all that is in it. */
  static Elements of(Base resource, ObjectNode json) {
    Elements elements = new Elements();
    elements.places.put(resource, new Place(Optional.empty(), "", -1, json));
    elements.walk(resource, json);
    return elements;
  }

  private void walk(Base base, ObjectNode json) {
    for (Property property : base.children()) {
      List<Base> values = property.getValues();
      for (int i = 0; i < values.size(); i++) {
        Base value = values.get(i);
        if (value != null) {
          put(value, json, member(property, value), i);
        }
      }
    }
  }

  private void put(Base value, ObjectNode owner, String member, int at) {
    boolean list =
        owner.get(member) instanceof ArrayNode || owner.get("_" + member) instanceof ArrayNode;
    ObjectNode inner = inner(value, owner, member, list ? at : -1);
    places.put(value, new Place(Optional.of(owner), member, list ? at : -1, inner));
    walk(value, inner);
  }

  /** Members of a primitive element, which has none but an id and extensions, stand beside it. */
  private static ObjectNode inner(Base value, ObjectNode owner, String member, int index) {
    JsonNode found = owner.get(value.isPrimitive() ? "_" + member : member);
    JsonNode one = index >= 0 && found != null ? found.get(index) : found;
    return one instanceof ObjectNode object ? object : owner.objectNode();
  }

  /** A choice's name has its type at the end. */
  private static String member(Property property, Base value) {
    String name = property.getName();
    return name.endsWith("[x]")
        ? name.substring(0, name.length() - 3) + capital(value.fhirType())
        : name;
  }

  static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** Where an element stands; nothing when FHIRPath made it up. */
  Optional<Place> place(Base element) {
    return Optional.ofNullable(places.get(element));
  }
}
