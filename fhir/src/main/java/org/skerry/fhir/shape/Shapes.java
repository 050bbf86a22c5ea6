package org.skerry.fhir.shape;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition.ChildTypeEnum;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.skerry.fhir.shape.Shape.Element;
import org.skerry.fhir.shape.Shape.Kind;

/** The shapes of R4, taken from HAPI's definitions as they are asked for. Any thread. */
public final class Shapes {
  private static final String EXTENSION = "extension";

  private final FhirContext context;
  private final Shape primitive =
      new Shape(
          "Element",
          Map.of("id", primitive("id", Kind.TEXT, "string"), EXTENSION, extension(EXTENSION)));
  private final Set<String> types;
  private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();
  private final Map<String, Shape> resources = new ConcurrentHashMap<>();

  public Shapes(FhirContext context) {
    this.context = context;
    this.types = Set.copyOf(context.getResourceTypes());
  }

  /** The names of all types of resources. */
  public Set<String> types() {
    return types;
  }

  Optional<Shape> resource(String type) {
    Shape known = resources.get(type);
    if (known != null) {
      return Optional.of(known);
    }
    if (!types.contains(type)) {
      return Optional.empty();
    }
    RuntimeResourceDefinition definition = context.getResourceDefinition(type);
    Shape shape = new Shape(type, elements(definition, true));
    resources.put(type, shape);
    return Optional.of(shape);
  }

  /** What stands in {@code _name}. */
  Shape ofPrimitive() {
    return primitive;
  }

  private Shape of(BaseRuntimeElementDefinition<?> definition) {
    Class<?> key = definition.getImplementingClass();
    Shape known = shapes.get(key);
    if (known == null) {
      known = new Shape(definition.getName(), elements(definition, false));
      shapes.put(key, known);
    }
    return known;
  }

  private Map<String, Element> elements(
      BaseRuntimeElementDefinition<?> definition, boolean resource) {
    Map<String, Element> elements = new HashMap<>();
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      if (child instanceof RuntimeChildExtension) {
        elements.put(child.getElementName(), extension(child.getElementName()));
        continue;
      }
      for (String name : child.getValidChildNames()) {
        BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
        if (type != null) {
          elements.put(name, element(name, child.getMax() != 1, type, definition));
        }
      }
    }
    if (!resource) {
      elements.putIfAbsent("id", primitive("id", Kind.TEXT, "string"));
    }
    boolean block = definition.getChildType() == ChildTypeEnum.RESOURCE_BLOCK;
    if (!resource || elements.containsKey("text")) {
      elements.put(EXTENSION, extension(EXTENSION));
    }
    if (block || resource && elements.containsKey("text") || isBackbone(definition)) {
      elements.put("modifierExtension", extension("modifierExtension"));
    }
    return Map.copyOf(elements);
  }

  /** Datatypes that are backbone elements, such as Timing and Dosage. */
  private static boolean isBackbone(BaseRuntimeElementDefinition<?> definition) {
    return org.hl7.fhir.r4.model.BackboneType.class.isAssignableFrom(
        definition.getImplementingClass());
  }

  private Element extension(String name) {
    Supplier<Shape> shape =
        () -> {
          BaseRuntimeElementDefinition<?> extension =
              context.getElementDefinition(org.hl7.fhir.r4.model.Extension.class);
          return of(extension);
        };
    return new Element(name, true, Kind.COMPLEX, "Extension", Optional.of(shape));
  }

  private static Element primitive(String name, Kind kind, String type) {
    return new Element(name, false, kind, type, Optional.empty());
  }

  private Element element(
      String name,
      boolean list,
      BaseRuntimeElementDefinition<?> type,
      BaseRuntimeElementDefinition<?> parent) {
    return switch (type.getChildType()) {
      case PRIMITIVE_DATATYPE, ID_DATATYPE -> {
        boolean reference = name.equals("reference") && parent.getName().equals("Reference");
        Kind kind = reference ? Kind.LINK : kind(type.getName());
        yield new Element(
            name, list, kind, reference ? "reference" : type.getName(), Optional.empty());
      }
      case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG ->
          new Element(name, list, Kind.XHTML, "xhtml", Optional.empty());
      case CONTAINED_RESOURCE_LIST -> new Element(name, true, Kind.RESOURCE, "", Optional.empty());
      case CONTAINED_RESOURCES, RESOURCE ->
          new Element(name, list, Kind.RESOURCE, "", Optional.empty());
      default -> new Element(name, list, Kind.COMPLEX, type.getName(), Optional.of(() -> of(type)));
    };
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "boolean" -> Kind.BOOLEAN;
      case "integer", "positiveInt", "unsignedInt" -> Kind.INTEGER;
      case "decimal" -> Kind.DECIMAL;
      case "date", "dateTime", "instant", "time" -> Kind.DATE;
      case "uri", "url", "oid", "uuid", "canonical" -> Kind.LINK;
      default -> Kind.TEXT;
    };
  }
}
