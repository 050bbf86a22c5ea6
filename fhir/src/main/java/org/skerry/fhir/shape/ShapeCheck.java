package org.skerry.fhir.shape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.JsonScanner;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.shape.Shape.Element;
import org.skerry.fhir.shape.Shape.Kind;

/**
 * One walk over one resource. What is no JSON ends it by the scanner's exception; what is JSON and
 * no resource is noted, up to a number of issues. Used once, by one thread.
 */
public final class ShapeCheck {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_ISSUES = 20;

  private final byte[] json;
  private final Shapes shapes;
  private final LinkSink links;
  private final JsonScanner scanner;
  private final Path path = new Path();
  private final List<Issue> issues = new ArrayList<>();

  private ShapeCheck(byte[] json, Shapes shapes, LinkSink links) {
    this.json = json;
    this.shapes = shapes;
    this.links = links;
    this.scanner = new JsonScanner(json, MAX_DEPTH);
  }

  /**
   * Walks over a resource.
   *
   * @return what is wrong with it; empty when nothing is
   * @throws org.skerry.document.BadDocumentException when it is no JSON
   */
  public static List<Issue> of(byte[] json, Shapes shapes, LinkSink links) {
    ShapeCheck check = new ShapeCheck(json, shapes, links);
    check.resource();
    return check.issues;
  }

  private void resource() {
    if (scanner.peek() != '{') {
      wrong("a resource, which is an object");
      return;
    }
    Optional<String> type = ResourceTypes.at(json, scanner.position());
    Optional<Shape> shape = type.flatMap(shapes::resource);
    if (shape.isEmpty()) {
      note(type.map(name -> "R4 has no resource " + name).orElse("A resource has a resourceType"));
      scanner.skipValue();
      return;
    }
    path.enterResource(shape.get().name());
    object(shape.get(), true);
    path.leaveResource();
  }

  private void object(Shape shape, boolean resource) {
    boolean empty = true;
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      empty = false;
      String name = scanner.name();
      if (resource && name.equals("resourceType")) {
        scanner.skipValue();
        continue;
      }
      path.push(name);
      member(shape, name);
      path.pop();
    }
    if (empty) {
      note("An object without members says nothing: leave it out");
    }
  }

  private void member(Shape shape, String name) {
    Element element = shape.elements().get(name);
    if (element != null) {
      values(element);
      return;
    }
    Element sibling = name.startsWith("_") ? shape.elements().get(name.substring(1)) : null;
    if (sibling != null && sibling.isPrimitive()) {
      siblings(sibling);
      return;
    }
    note(shape.name() + " has no element " + name);
    scanner.skipValue();
  }

  private void values(Element element) {
    int next = scanner.peek();
    if (element.list() != (next == '[')) {
      wrong(element.list() ? "an array" : expected(element) + ", and no array");
      return;
    }
    if (!element.list()) {
      value(element);
      return;
    }
    scanner.enterArray();
    int count = 0;
    for (boolean first = true; scanner.element(first); first = false) {
      path.index(count++);
      // Beside an extension without a value stands null.
      if (scanner.peek() == 'n' && element.isPrimitive()) {
        scanner.skipValue();
      } else {
        value(element);
      }
    }
    path.index(-1);
    if (count == 0) {
      note("An array without elements says nothing: leave it out");
    }
  }

  private void value(Element element) {
    int next = scanner.peek();
    switch (element.kind()) {
      case RESOURCE -> resource();
      case COMPLEX -> {
        if (next == '{') {
          object(element.shape().orElseThrow().get(), false);
        } else {
          wrong("an object (" + element.type() + ")");
        }
      }
      case BOOLEAN -> {
        if (next == 't' || next == 'f') {
          scanner.bool();
        } else {
          wrong(expected(element));
        }
      }
      case INTEGER, DECIMAL -> number(element, next);
      case TEXT, DATE, XHTML, LINK -> text(element, next);
    }
  }

  private void number(Element element, int next) {
    if (next != '-' && (next < '0' || next > '9')) {
      wrong(expected(element));
      return;
    }
    int start = scanner.position();
    scanner.skipValue();
    if (element.kind() == Kind.INTEGER
        && !Primitives.isInteger(element.type(), json, start, scanner.position())) {
      note("Found another number than expected here: " + expected(element));
    }
  }

  private void text(Element element, int next) {
    if (next != '"') {
      wrong(expected(element));
      return;
    }
    int start = scanner.position();
    scanner.skipValue();
    int end = scanner.position();
    if (end - start == 2) {
      note("A text without characters says nothing: leave the element out");
      return;
    }
    switch (element.kind()) {
      case DATE -> {
        if (!Primitives.isDate(element.type(), json, start + 1, end - 1)) {
          note("Found another text than expected here: " + expected(element));
        }
      }
      case LINK -> links.link(linkKind(element), start, end);
      case XHTML -> links.link(LinkSink.Kind.XHTML, start, end);
      default -> {}
    }
  }

  private static LinkSink.Kind linkKind(Element element) {
    return element.type().equals("reference") ? LinkSink.Kind.REFERENCE : LinkSink.Kind.URI;
  }

  /** {@code _name}: id and extensions of a primitive element. */
  private void siblings(Element element) {
    int next = scanner.peek();
    if (element.list() != (next == '[')) {
      wrong(element.list() ? "an array" : "an object with id and extension");
      return;
    }
    if (!element.list()) {
      sibling(next);
      return;
    }
    scanner.enterArray();
    int count = 0;
    for (boolean first = true; scanner.element(first); first = false) {
      path.index(count++);
      int one = scanner.peek();
      if (one == 'n') {
        scanner.skipValue();
      } else {
        sibling(one);
      }
    }
    path.index(-1);
  }

  private void sibling(int next) {
    if (next == '{') {
      object(shapes.ofPrimitive(), false);
    } else {
      wrong("an object with id and extension");
    }
  }

  private static String expected(Element element) {
    return switch (element.kind()) {
      case BOOLEAN -> "true or false";
      case INTEGER, DECIMAL -> "a number (" + element.type() + ")";
      case RESOURCE -> "a resource";
      case COMPLEX -> "an object (" + element.type() + ")";
      default -> "a text (" + element.type() + ")";
    };
  }

  /** Skips a value that is not what should stand here. */
  private void wrong(String expected) {
    int start = scanner.position();
    scanner.skipValue();
    int length = Math.min(scanner.position() - start, 40);
    String found = new String(json, start, length, StandardCharsets.UTF_8);
    note("Found " + found + ", expected " + expected);
  }

  private void note(String diagnostics) {
    if (issues.size() < MAX_ISSUES) {
      issues.add(Issue.error("structure", diagnostics, path.toString()));
    }
  }
}
