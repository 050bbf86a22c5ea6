package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skerry.script.dialect.Node.KeyKind;

/** Writes patterns that the engine does not know as assignments, one after the other. */
final class Patterns {
  private final Rewriter rewriter;

  Patterns(Rewriter rewriter) {
    this.rewriter = rewriter;
  }

  /** One of the assignments that a pattern becomes. */
  private record Step(String target, String value) {
    String text() {
      return target + " = " + value;
    }
  }

  /** Whether the engine would read a pattern otherwise, or not at all. */
  boolean isForeign(Node pattern) {
    return switch (pattern) {
      case Node.Assign withDefault -> isForeign(withDefault.target());
      case Node.Property property -> isForeignPart(property.value());
      case Node.Spread _, Node.Elements _ -> true;
      case Node.Members _ -> pattern.children().stream().anyMatch(this::isForeign);
      default -> false;
    };
  }

  /** The engine takes a default where a variable has a value, and keeps that: of a turn before. */
  private boolean isForeignPart(Node part) {
    return part instanceof Node.Assign || isForeign(part);
  }

  /** Whether it suffices to make an array of what is given to a pattern. */
  private boolean isFlat(Node pattern) {
    return pattern instanceof Node.Elements
        && pattern.children().stream().noneMatch(this::isForeignPart);
  }

  /** The engine's patterns ask for members 0, 1, 2, where the language iterates. */
  private String flat(Node pattern, String value) {
    Node.Elements elements = (Node.Elements) pattern;
    String targets =
        elements.elements().stream()
            .map(element -> element.map(rewriter::written).orElse(""))
            .collect(Collectors.joining(", "));
    return "[" + targets + "] = " + list(elements, value);
  }

  private static String list(Node.Elements pattern, String value) {
    List<Optional<Node>> all = pattern.elements();
    boolean open =
        !all.isEmpty() && all.getLast().filter(Node.Spread.class::isInstance).isPresent();
    return "$skerry.list(" + value + ", " + (open ? "Infinity" : all.size()) + ")";
  }

  /** What declares the names of a pattern, without {@code let}. */
  String declaration(Node pattern, String value) {
    return isFlat(pattern) ? flat(pattern, value) : text(steps(pattern, value, new ArrayList<>()));
  }

  /** An expression that does what an assignment to a pattern does. */
  String assignment(Node pattern, String value) {
    if (isFlat(pattern)) {
      return flat(pattern, value);
    }
    List<String> temporaries = new ArrayList<>();
    String whole = rewriter.out().temporary();
    String assigned = text(steps(pattern, whole, temporaries));
    temporaries.addFirst(whole);
    String names = String.join(", ", temporaries);
    return "((" + names + ") => (" + assigned + ", " + whole + "))(" + value + ")";
  }

  void write(Node.Catch caught) {
    Optional<Node> parameter = caught.parameter().filter(this::isForeign);
    if (parameter.isEmpty()) {
      rewriter.around(caught, caught.start(), caught.end());
      return;
    }
    Output out = rewriter.out();
    String thrown = out.temporary();
    Node pattern = parameter.get();
    out.copy(caught.start(), pattern.start());
    out.addFor(pattern, thrown).copy(pattern.end(), caught.body().start());
    rewriter.functions().block(caught.body(), "let " + declaration(pattern, thrown) + ";", "");
  }

  private static String text(List<Step> steps) {
    return steps.stream().map(Step::text).collect(Collectors.joining(", "));
  }

  private List<Step> steps(Node pattern, String value, List<String> temporaries) {
    List<Step> steps = new ArrayList<>();
    add(pattern, value, steps, temporaries);
    return steps;
  }

  private void add(Node pattern, String value, List<Step> steps, List<String> temporaries) {
    switch (pattern) {
      case Node.Assign withDefault -> {
        String given = temporary(value, steps, temporaries);
        String other = rewriter.written(withDefault.value());
        String chosen = "(" + given + " === void 0 ? (" + other + ") : " + given + ")";
        add(withDefault.target(), chosen, steps, temporaries);
      }
      case Node.Members members -> members(members, value, steps, temporaries);
      case Node.Elements elements -> elements(elements, value, steps, temporaries);
      default -> steps.add(new Step(rewriter.written(pattern), value));
    }
  }

  private String temporary(String value, List<Step> steps, List<String> temporaries) {
    String name = rewriter.out().temporary();
    temporaries.add(name);
    steps.add(new Step(name, value));
    return name;
  }

  private void members(
      Node.Members members, String value, List<Step> steps, List<String> temporaries) {
    String whole = temporary("$skerry.some(" + value + ")", steps, temporaries);
    List<String> keys = new ArrayList<>();
    for (Node member : members.children()) {
      if (member instanceof Node.Property property) {
        String key = rewriter.keyText(property.key());
        if (property.key().kind() == KeyKind.COMPUTED) {
          key = temporary("$skerry.key(" + key + ")", steps, temporaries);
        }
        keys.add(key);
        add(property.value(), whole + "[" + key + "]", steps, temporaries);
      } else if (member instanceof Node.Spread rest) {
        String others = "$skerry.without(" + whole + ", [" + String.join(", ", keys) + "])";
        add(rest.what(), others, steps, temporaries);
      }
    }
  }

  private void elements(
      Node.Elements elements, String value, List<Step> steps, List<String> temporaries) {
    List<Optional<Node>> all = elements.elements();
    String list = temporary(list(elements, value), steps, temporaries);
    for (int i = 0; i < all.size(); i++) {
      Optional<Node> element = all.get(i);
      if (element.isPresent()) {
        if (element.get() instanceof Node.Spread rest) {
          add(rest.what(), list + ".slice(" + i + ")", steps, temporaries);
        } else {
          add(element.get(), list + "[" + i + "]", steps, temporaries);
        }
      }
    }
  }
}
