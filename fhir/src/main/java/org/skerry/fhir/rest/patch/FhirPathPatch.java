package org.skerry.fhir.rest.patch;

import ca.uhn.fhir.fhirpath.FhirPathExecutionException;
import ca.uhn.fhir.fhirpath.IFhirPath;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Models;
import org.skerry.fhir.rest.patch.Elements.Place;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * FHIRPath Patch (http://hl7.org/fhir/R4/fhirpatch.html): operations of a Parameters resource, one
 * after the other. Paths are asked of a model, and what they find is changed in the JSON. One
 * thread.
 */
final class FhirPathPatch {
  private static final int MOST_OPERATIONS = 1_000;

  /** Each operation reads the resource anew: as many bytes are read in a second or two. */
  private static final long MOST_READ_BYTES = 256L << 20;

  private final Models models;
  private final IFhirPath paths;

  FhirPathPatch(Models models) {
    this.models = models;
    this.paths = models.context().newFhirPath();
  }

  /** One operation, as it was sent. */
  private record Operation(int index, JsonNode parts) {
    Optional<JsonNode> part(String name) {
      for (JsonNode part : parts) {
        if (part.path("name").asString("").equals(name)) {
          return Optional.of(part);
        }
      }
      return Optional.empty();
    }

    String text(String name) {
      return part(name)
          .map(part -> part.path("valueString").asString(part.path("valueCode").asString("")))
          .orElse("");
    }

    int number(String name) {
      JsonNode number = part(name).map(part -> part.path("valueInteger")).orElse(null);
      if (number == null || !number.isIntegralNumber()) {
        throw bad("has no " + name + " that is an integer");
      }
      return number.asInt();
    }

    OutcomeException bad(String what) {
      return OutcomeException.invalid("Operation " + index + " of the patch " + what);
    }

    OutcomeException misfit(String what) {
      return OutcomeException.of(
          422, "processing", "Operation " + index + " of the patch does not fit: " + what);
    }
  }

  /**
   * A resource with a patch applied to it.
   *
   * @throws OutcomeException 400 when the patch is none, 422 when it does not fit the resource, 413
   *     when its operations are too many, or would read more than 256 MB together: each reads the
   *     resource as those before it left it
   */
  byte[] apply(byte[] resource, byte[] parameters) {
    JsonNode patch = JsonPatch.read(parameters);
    if (!patch.path("resourceType").asString("").equals("Parameters")) {
      throw OutcomeException.invalid("A FHIRPath Patch is a Parameters resource");
    }
    int count = patch.path("parameter").size();
    if (count > MOST_OPERATIONS) {
      throw OutcomeException.of(413, "too-long", count + " operations, at most " + MOST_OPERATIONS);
    }
    long left = MOST_READ_BYTES;
    if (!(JsonPatch.stored(resource) instanceof ObjectNode json)) {
      throw new IllegalStateException("a resource is an object");
    }
    int index = 0;
    for (JsonNode one : patch.path("parameter")) {
      if (!one.path("name").asString("").equals("operation")) {
        throw OutcomeException.invalid("A FHIRPath Patch has no parameter but operation");
      }
      byte[] now = JsonPatch.write(json);
      left -= now.length;
      // The first reads what is there; whoever asks for the rest is told before it is done.
      if (left < 0 || index == 0 && count * (long) now.length > MOST_READ_BYTES) {
        throw OutcomeException.of(
            413, "too-long", count + " operations on " + now.length + " bytes: send fewer");
      }
      apply(json, now, new Operation(index++, one.path("part")));
      prune(json);
    }
    return JsonPatch.write(json);
  }

  /**
   * Applies one operation.
   *
   * @param now the same resource as it is before that
   */
  private void apply(ObjectNode json, byte[] now, Operation operation) {
    String type = operation.text("type");
    Base model = (Base) models.model(now);
    Elements elements = Elements.of(model, json);
    switch (type) {
      case "add" -> add(model, elements, operation);
      case "insert" -> insert(model, elements, operation);
      case "delete" -> delete(model, elements, operation);
      case "replace" -> replace(model, elements, operation);
      case "move" -> move(model, elements, operation);
      default -> throw operation.bad("has the type \"" + type + "\", which there is not");
    }
  }

  private List<Base> find(Base model, String path, Operation operation) {
    Optional<String> fault = SimplePath.fault(path);
    if (fault.isPresent()) {
      throw operation.bad(fault.get());
    }
    try {
      return paths.evaluate(model, path, IBase.class).stream().map(Base.class::cast).toList();
    } catch (FhirPathExecutionException | FHIRException e) {
      throw operation.bad("has a path that cannot be followed: " + e.getMessage());
    }
  }

  private Base one(Base model, Operation operation) {
    String path = operation.text("path");
    List<Base> found = find(model, path, operation);
    if (found.size() != 1) {
      throw operation.misfit(path + " finds " + found.size() + " elements, and has to find one");
    }
    return found.getFirst();
  }

  private static Place place(Elements elements, Base element, Operation operation) {
    return elements
        .place(element)
        .orElseThrow(() -> operation.misfit(operation.text("path") + " is no element of it"));
  }

  private static PatchValue value(Operation operation, Optional<Base> model) {
    return operation
        .part("value")
        .flatMap(part -> PatchValue.of(part, model))
        .orElseThrow(() -> operation.bad("has no value"));
  }

  private void add(Base model, Elements elements, Operation operation) {
    Base target = one(model, operation);
    String name = operation.text("name");
    if (name.isEmpty()) {
      throw operation.bad("has no name");
    }
    Property property = property(target, name, operation);
    Place place = place(elements, target, operation);
    PatchValue value = value(operation, Optional.ofNullable(PatchValue.child(target, name)));
    String member = property.getName().endsWith("[x]") ? choice(property, value) : name;
    ObjectNode owner = place.inner();
    boolean taken = owner.has(member) || property.getName().endsWith("[x]") && property.hasValues();
    if (!property.isList() && taken) {
      throw operation.misfit(name + " is there already, and there can be one: replace it");
    }
    value.put(owner, member, property.isList());
    attach(place, target);
  }

  private static String choice(Property property, PatchValue value) {
    String name = property.getName();
    return name.substring(0, name.length() - 3) + value.type();
  }

  private static Property property(Base target, String name, Operation operation) {
    Property property = target.getNamedProperty(name);
    if (property == null) {
      throw operation.misfit(target.fhirType() + " has no element " + name);
    }
    return property;
  }

  /** What stands beside a primitive element may be new. */
  private static void attach(Place place, Base element) {
    if (!element.isPrimitive() || place.owner().isEmpty()) {
      return;
    }
    ObjectNode owner = place.owner().get();
    String beside = "_" + place.member();
    if (place.index() < 0) {
      owner.set(beside, place.inner());
      return;
    }
    ArrayNode array =
        owner.path(beside) instanceof ArrayNode there ? there : owner.putArray(beside);
    while (array.size() <= place.index()) {
      array.addNull();
    }
    array.set(place.index(), place.inner());
  }

  private void insert(Base model, Elements elements, Operation operation) {
    String path = operation.text("path");
    List<Base> found = find(model, path, operation);
    int index = operation.number("index");
    if (index < 0 || index > found.size()) {
      throw operation.misfit(path + " has " + found.size() + " elements, none at " + index);
    }
    if (!found.isEmpty()) {
      Place place = list(elements, found, operation);
      PatchValue value = value(operation, Optional.of(found.getFirst()));
      value.insert(place.owner().orElseThrow(), place.member(), index);
      return;
    }
    int dot = path.lastIndexOf('.');
    List<Base> owners = dot < 0 ? List.of() : find(model, path.substring(0, dot), operation);
    if (owners.size() != 1) {
      throw operation.misfit(path + " is no list of one element");
    }
    String name = path.substring(dot + 1);
    if (!property(owners.getFirst(), name, operation).isList()) {
      throw operation.misfit(path + " is no list");
    }
    PatchValue value =
        value(operation, Optional.ofNullable(PatchValue.child(owners.getFirst(), name)));
    Place place = place(elements, owners.getFirst(), operation);
    value.put(place.inner(), name, true);
    attach(place, owners.getFirst());
  }

  /** The place of the first of elements that are a whole list. */
  private static Place list(Elements elements, List<Base> found, Operation operation) {
    Place first = place(elements, found.getFirst(), operation);
    for (int i = 0; i < found.size(); i++) {
      Place place = place(elements, found.get(i), operation);
      if (place.index() != i || !place.member().equals(first.member())) {
        throw operation.misfit(operation.text("path") + " is no list as it stands");
      }
    }
    return first;
  }

  private void delete(Base model, Elements elements, Operation operation) {
    String path = operation.text("path");
    List<Base> found = find(model, path, operation);
    if (found.isEmpty()) {
      return;
    }
    Place place = place(elements, one(model, operation), operation);
    ObjectNode owner =
        place.owner().orElseThrow(() -> operation.misfit("a resource is deleted by DELETE"));
    for (String member : List.of(place.member(), "_" + place.member())) {
      if (place.index() < 0) {
        owner.remove(member);
      } else if (owner.path(member) instanceof ArrayNode array && place.index() < array.size()) {
        array.remove(place.index());
      }
    }
  }

  private void replace(Base model, Elements elements, Operation operation) {
    Base target = one(model, operation);
    Place place = place(elements, target, operation);
    ObjectNode owner =
        place.owner().orElseThrow(() -> operation.misfit("a resource is replaced by PUT"));
    PatchValue value = value(operation, Optional.of(target));
    String suffix = Elements.capital(target.fhirType());
    String member = place.member();
    if (place.index() >= 0) {
      for (String name : List.of(member, "_" + member)) {
        if (owner.path(name) instanceof ArrayNode array && place.index() < array.size()) {
          array.remove(place.index());
        }
      }
      value.insert(owner, member, place.index());
      return;
    }
    boolean choice = member.endsWith(suffix) && member.length() > suffix.length();
    if (choice && !value.type().isEmpty() && !value.type().equals(suffix)) {
      owner.remove(member);
      owner.remove("_" + member);
      member = member.substring(0, member.length() - suffix.length()) + value.type();
    }
    value.put(owner, member, false);
  }

  private void move(Base model, Elements elements, Operation operation) {
    String path = operation.text("path");
    List<Base> found = find(model, path, operation);
    int source = operation.number("source");
    int destination = operation.number("destination");
    int most = found.size() - 1;
    if (source < 0 || source > most || destination < 0 || destination > most) {
      throw operation.misfit(path + " has " + found.size() + " elements");
    }
    Place place = list(elements, found, operation);
    ObjectNode owner = place.owner().orElseThrow();
    for (String member : List.of(place.member(), "_" + place.member())) {
      if (owner.path(member) instanceof ArrayNode array) {
        while (array.size() < found.size()) {
          array.addNull();
        }
        array.insert(destination, array.remove(source));
      }
    }
  }

  /** No element is empty (http://hl7.org/fhir/R4/json.html): what a patch emptied goes. */
  private static boolean prune(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String name : List.copyOf(object.propertyNames())) {
          if (prune(object.get(name))) {
            object.remove(name);
          }
        }
        return object.isEmpty();
      }
      case ArrayNode array -> {
        for (int i = array.size() - 1; i >= 0; i--) {
          if (prune(array.get(i))) {
            array.remove(i);
          }
        }
        return array.isEmpty();
      }
      default -> {
        return false;
      }
    }
  }
}
