package org.skerry.fhir.shape;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The texts of a resource that are read by people: what R4's definitions call strings, markdown,
 * codes and XHTML, those of contained resources and extensions included. Names of things (ids,
 * URIs, references), times, numbers and encoded bytes are none. Any thread.
 */
public final class Prose {
  private static final Set<String> READ = Set.of("string", "markdown", "code");

  /** Nobody nests deeper who has something to say. */
  private static final int MOST_DEPTH = 100;

  private final Shapes shapes;

  public Prose(Shapes shapes) {
    this.shapes = shapes;
  }

  /** How a text is written. */
  public enum Kind {
    PLAIN,
    XHTML
  }

  /** Takes texts one by one. */
  @FunctionalInterface
  public interface Reader {
    /** One text. */
    void read(String text, Kind kind);
  }

  /** Visits the texts of a resource as it is kept, in their order; none of what has no type. */
  public void visit(JsonNode resource, Reader reader) {
    resource(resource, reader, 0);
  }

  private void resource(JsonNode resource, Reader reader, int depth) {
    shapes
        .resource(resource.path("resourceType").asString(""))
        .ifPresent(shape -> object(resource, shape, reader, depth));
  }

  private void object(JsonNode object, Shape shape, Reader reader, int depth) {
    if (depth == MOST_DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      Shape.Element element = shape.elements().get(name);
      if (element != null) {
        values(member.getValue(), element, reader, depth);
      } else if (shape.elements().containsKey(primitive(name))) {
        each(member.getValue(), one -> object(one, shapes.ofPrimitive(), reader, depth + 1));
      }
    }
  }

  /** What an underscore is added to; documents have it at the end where none may be at the top. */
  private static String primitive(String name) {
    if (name.startsWith("_")) {
      return name.substring(1);
    }
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : "";
  }

  private void values(JsonNode value, Shape.Element element, Reader reader, int depth) {
    switch (element.kind()) {
      case TEXT -> {
        if (READ.contains(element.type()) && !element.name().equals("id")) {
          each(value, one -> read(one, Kind.PLAIN, reader));
        }
      }
      case XHTML -> each(value, one -> read(one, Kind.XHTML, reader));
      case RESOURCE -> each(value, one -> resource(one, reader, depth + 1));
      case COMPLEX ->
          element
              .shape()
              .ifPresent(shape -> each(value, one -> object(one, shape.get(), reader, depth + 1)));
      case BOOLEAN, INTEGER, DECIMAL, DATE, LINK -> {
        // Nobody reads them as a text.
      }
    }
  }

  private static void read(JsonNode text, Kind kind, Reader reader) {
    if (text.isString()) {
      reader.read(text.stringValue(), kind);
    }
  }

  private static void each(JsonNode value, Consumer<JsonNode> visitor) {
    if (value.isArray()) {
      value.values().forEach(visitor);
    } else {
      visitor.accept(value);
    }
  }
}
