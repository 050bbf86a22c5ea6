package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles one expression: paths of members, {@code as}, {@code where} with an equation or {@code
 * resolve() is}, an index, unions, and {@code %resource}. One thread, one use.
 */
final class PathReader {
  private static final Set<String> ANY_TYPE = Set.of("Resource", "DomainResource");
  private static final Pattern NAME = Pattern.compile("%?[A-Za-z]\\w*");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
  private static final Pattern AS_FUNCTION = Pattern.compile("(?:as|ofType)\\((\\w+)\\)");
  private static final Pattern AS = Pattern.compile("\\s+as\\s+(\\w+)");
  private static final Pattern EQUATION = Pattern.compile("where\\((\\w+)\\s*=\\s*'([^']*)'\\)");
  private static final Pattern RESOLVES = Pattern.compile("where\\(resolve\\(\\) is (\\w+)\\)");

  private final String text;
  private final BaseRuntimeElementDefinition<?> root;
  private final BaseRuntimeElementDefinition<?> start;
  private int at;

  private PathReader(
      String text, BaseRuntimeElementDefinition<?> root, BaseRuntimeElementDefinition<?> start) {
    this.text = text;
    this.root = root;
    this.start = start;
  }

  /**
   * The paths of an expression that is followed from elements of a datatype.
   *
   * @param root the type of the resource in which that is
   */
  static List<Path> read(
      String expression,
      BaseRuntimeElementDefinition<?> root,
      BaseRuntimeElementDefinition<?> start) {
    List<Path> all = new ArrayList<>();
    for (String part : expression.split("\\|", -1)) {
      PathReader reader = new PathReader(part.strip(), root, start);
      if (reader.concerns()) {
        all.addAll(reader.whole());
      }
    }
    return all;
  }

  /** A part that begins with another type's name says nothing of this one. */
  private boolean concerns() {
    Matcher name = NAME.matcher(text);
    boolean found = name.find();
    String head = found ? name.group() : "";
    return found
        && (!Character.isUpperCase(head.charAt(0))
            || ANY_TYPE.contains(head)
            || head.equals(root.getName()));
  }

  private List<Path> whole() {
    List<Path> paths = value();
    if (at != text.length()) {
      throw unreadable();
    }
    return paths;
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "FHIRPath beyond what search parameters use: " + text + " from " + text.substring(at));
  }

  /** {@code operand [as Type]}. */
  private List<Path> value() {
    List<Path> paths = operand();
    return accept(AS).map(as -> only(paths, as.group(1))).orElse(paths);
  }

  private List<Path> operand() {
    List<Path> paths;
    if (text.startsWith("(", at)) {
      at++;
      paths = value();
      if (!text.startsWith(")", at)) {
        throw unreadable();
      }
      at++;
    } else {
      paths = head();
    }
    while (true) {
      Optional<Matcher> index = accept(INDEX);
      if (index.isPresent()) {
        int wanted = Integer.parseInt(index.get().group(1));
        paths = paths.stream().map(path -> path.first(wanted)).toList();
      } else if (text.startsWith(".", at)) {
        at++;
        paths = step(paths);
      } else {
        return paths;
      }
    }
  }

  private List<Path> head() {
    String name = accept(NAME).orElseThrow(this::unreadable).group();
    if (name.equals("%resource")) {
      return List.of(Path.atRoot(root));
    }
    return Character.isUpperCase(name.charAt(0))
        ? List.of(Path.at(root))
        : children(List.of(Path.at(start)), name);
  }

  private List<Path> step(List<Path> paths) {
    Optional<Matcher> as = accept(AS_FUNCTION);
    if (as.isPresent()) {
      return only(paths, as.get().group(1));
    }
    Optional<Matcher> equation = accept(EQUATION);
    if (equation.isPresent()) {
      String member = equation.get().group(1);
      String value = equation.get().group(2);
      return paths.stream()
          .map(path -> path.where(node -> node.path(member).asString("").equals(value)))
          .toList();
    }
    Optional<Matcher> resolves = accept(RESOLVES);
    if (resolves.isPresent()) {
      String type = resolves.get().group(1);
      return paths.stream().map(path -> path.where(node -> refersTo(node, type))).toList();
    }
    String name = accept(NAME).orElseThrow(this::unreadable).group();
    return children(paths, name);
  }

  private static boolean refersTo(JsonNode reference, String type) {
    return References.read(reference).filter(found -> found.type().equals(type)).isPresent();
  }

  private Optional<Matcher> accept(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher);
  }

  private static List<Path> only(List<Path> paths, String type) {
    return paths.stream().filter(path -> path.end().getName().equalsIgnoreCase(type)).toList();
  }

  private List<Path> children(List<Path> paths, String name) {
    List<Path> found = new ArrayList<>();
    for (Path path : paths) {
      if (path.end() instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
        BaseRuntimeChildDefinition child = composite.getChildByName(name);
        add(path, child == null ? composite.getChildByName(name + "[x]") : child, found);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(text + ": nothing is called " + name);
    }
    return found;
  }

  private void add(Path path, @Nullable BaseRuntimeChildDefinition child, List<Path> found) {
    if (child == null) {
      return;
    }
    String element = child.getElementName();
    if (child instanceof RuntimeChildDirectResource) {
      found.add(path.then(element, root, Optional.empty()));
      return;
    }
    boolean choice = child instanceof RuntimeChildChoiceDefinition;
    for (String name : child.getValidChildNames()) {
      BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
      String standard = choice && type != null ? element + capitalized(type.getName()) : element;
      if (type != null && name.equals(standard)) {
        found.add(path.then(name, type, system(child)));
      }
    }
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** What HAPI's enumeration of a bound code says its constants belong to. */
  private static Optional<String> system(BaseRuntimeChildDefinition child) {
    if (!(child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound)) {
      return Optional.empty();
    }
    Object[] constants = bound.getBoundEnumType().getEnumConstants();
    try {
      Object system = constants[0].getClass().getMethod("getSystem").invoke(constants[0]);
      return Optional.ofNullable((String) system);
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
