package org.skerry.script.dialect;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.script.guard.ScriptThread;

/** Which names mean what where. */
final class Scopes {
  private final Set<Node> refused = Collections.newSetFromMap(new IdentityHashMap<>());

  private Scopes() {}

  /** The assignments to what is {@code const}: they throw when they are run. */
  static Set<Node> assignmentsToConstants(Node root) {
    Scopes scopes = new Scopes();
    scopes.look(root, new Scope(Map.of(), Optional.empty()));
    return scopes.refused;
  }

  /** The names that a pattern gives values to. */
  static Set<String> names(Node pattern) {
    Set<String> names = new LinkedHashSet<>();
    addNames(pattern, names);
    return names;
  }

  private static void addNames(Node pattern, Set<String> names) {
    ScriptThread.turn();
    switch (pattern) {
      case Node.Name name -> names.add(name.text());
      case Node.Assign withDefault -> addNames(withDefault.target(), names);
      case Node.Spread rest -> addNames(rest.what(), names);
      case Node.Property property -> addNames(property.value(), names);
      case Node.Elements elements -> elements.children().forEach(e -> addNames(e, names));
      case Node.Members members -> members.children().forEach(m -> addNames(m, names));
      case Node.Declaration declaration ->
          declaration.declarators().forEach(d -> addNames(d.target(), names));
      default -> {
        // A member of an object: no name.
      }
    }
  }

  /** Whether a function in a piece of source uses one of some names. */
  static boolean isCaptured(Set<String> names, Node within) {
    ScriptThread.turn();
    boolean closure = within instanceof Node.Function || within instanceof Node.ClassOf;
    return closure
        ? isUsed(names, within)
        : within.children().stream().anyMatch(child -> isCaptured(names, child));
  }

  /** Whether a piece of source uses one of some names. */
  static boolean isUsed(Set<String> names, Node within) {
    ScriptThread.turn();
    return within instanceof Node.Name name && names.contains(name.text())
        || within.children().stream().anyMatch(child -> isUsed(names, child));
  }

  /** Names, and whether each is a constant. */
  private record Scope(Map<String, Boolean> names, Optional<Scope> outer) {
    boolean isConstant(String name) {
      Optional<Scope> scope = Optional.of(this);
      while (scope.isPresent()) {
        Boolean known = scope.get().names.get(name);
        if (known != null) {
          return known;
        }
        scope = scope.get().outer;
      }
      return false;
    }

    boolean holds(Node pattern) {
      return Scopes.names(pattern).stream().anyMatch(this::isConstant);
    }
  }

  private void look(Node node, Scope scope) {
    ScriptThread.turn();
    Scope inner = scope;
    switch (node) {
      case Node.Assign assign when scope.holds(assign.target()) -> refused.add(node);
      case Node.Update update when scope.holds(update.target()) -> refused.add(node);
      case Node.Declarator declarator -> {
        lookAtPattern(declarator.target(), scope);
        declarator.value().ifPresent(value -> look(value, scope));
        return;
      }
      case Node.Function function -> inner = inside(scope, ofFunction(function));
      case Node.Block block -> inner = inside(scope, lexical(block.children()));
      case Node.For loop -> inner = inside(scope, lexical(loop.init().stream().toList()));
      case Node.ForEach loop -> inner = inside(scope, lexical(List.of(loop.head())));
      case Node.Catch caught -> {
        Map<String, Boolean> names = new HashMap<>();
        caught.parameter().ifPresent(p -> names(p).forEach(name -> names.put(name, false)));
        inner = inside(scope, names);
      }
      default -> {
        // It declares nothing for what stands in it.
      }
    }
    for (Node child : node.children()) {
      look(child, inner);
    }
  }

  /** Defaults in what is declared are assignments in form alone. */
  private void lookAtPattern(Node pattern, Scope scope) {
    switch (pattern) {
      case Node.Assign withDefault -> {
        lookAtPattern(withDefault.target(), scope);
        look(withDefault.value(), scope);
      }
      case Node.Elements _, Node.Members _, Node.Property _, Node.Spread _ ->
          pattern.children().forEach(child -> lookAtPattern(child, scope));
      default -> look(pattern, scope);
    }
  }

  private static Scope inside(Scope outer, Map<String, Boolean> names) {
    return names.isEmpty() ? outer : new Scope(names, Optional.of(outer));
  }

  private static Map<String, Boolean> ofFunction(Node.Function function) {
    Map<String, Boolean> names = new HashMap<>();
    addVariables(function.body(), names);
    function.name().ifPresent(name -> names.put(name.text(), false));
    function.parameters().forEach(p -> names(p).forEach(name -> names.put(name, false)));
    return names;
  }

  private static void addVariables(Node node, Map<String, Boolean> names) {
    ScriptThread.turn();
    switch (node) {
      case Node.Function function -> function.name().ifPresent(n -> names.put(n.text(), false));
      case Node.Declaration declaration when !declaration.isLexical() ->
          names(declaration).forEach(name -> names.put(name, false));
      default -> node.children().forEach(child -> addVariables(child, names));
    }
  }

  private static Map<String, Boolean> lexical(List<Node> statements) {
    Map<String, Boolean> names = new HashMap<>();
    for (Node statement : statements) {
      switch (statement) {
        case Node.Declaration declaration when declaration.isLexical() -> {
          boolean constant = declaration.word().equals("const");
          names(declaration).forEach(name -> names.put(name, constant));
        }
        case Node.ClassOf type when type.isDeclaration() ->
            type.name().ifPresent(name -> names.put(name.text(), false));
        case Node.Function function when !function.isArrow() ->
            function.name().ifPresent(name -> names.put(name.text(), false));
        default -> {
          // It declares nothing here.
        }
      }
    }
    return names;
  }
}
