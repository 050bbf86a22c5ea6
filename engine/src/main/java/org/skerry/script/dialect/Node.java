package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of source, from a position to another one. Its children stand in it, in their order. What
 * matters to no rewriting has no form of its own. Patterns are written, and kept, like the literals
 * they resemble.
 */
sealed interface Node {
  int start();

  int end();

  default List<Node> children() {
    return List.of();
  }

  /** Anything that stays as it is, but for what stands in it. */
  record Plain(int start, int end, List<Node> children) implements Node {}

  /** Something in parentheses, or the parameters of an arrow function. */
  record Parens(int start, int end, List<Node> children) implements Node {}

  /** A variable, used or declared. */
  record Name(int start, int end, String text) implements Node {}

  record This(int start, int end) implements Node {}

  record Super(int start, int end) implements Node {}

  record NewTarget(int start, int end) implements Node {}

  /** What a member is called. */
  enum KeyKind {
    NAME,
    LITERAL,
    COMPUTED,
    PRIVATE
  }

  /**
   * The name of a member, with its brackets when it is computed.
   *
   * @param children of what it is computed
   */
  record Key(int start, int end, KeyKind kind, String text, List<Node> children) implements Node {
    /** Whether it is a name, as such or as a text. */
    boolean is(String name) {
      return text.equals(name) || text.equals('"' + name + '"') || text.equals("'" + name + "'");
    }
  }

  /** {@code ...what}, also in patterns and parameters. */
  record Spread(int start, int end, Node what) implements Node {
    @Override
    public List<Node> children() {
      return List.of(what);
    }
  }

  /** {@code [a, , b]}. */
  record Elements(int start, int end, List<Optional<Node>> elements) implements Node {
    @Override
    public List<Node> children() {
      return elements.stream().flatMap(Optional::stream).toList();
    }
  }

  /** <code>{a, b: c, ...d}</code>: properties and spreads. */
  record Members(int start, int end, List<Node> children) implements Node {}

  record Property(int start, int end, Key key, Node value, boolean isShort) implements Node {
    @Override
    public List<Node> children() {
      return isShort ? List.of(value) : List.of(key, value);
    }
  }

  /** Also a target with its default, in patterns. */
  record Assign(int start, int end, Node target, String operator, Node value) implements Node {
    @Override
    public List<Node> children() {
      return List.of(target, value);
    }
  }

  /** {@code i++}. */
  record Update(int start, int end, Node target) implements Node {
    @Override
    public List<Node> children() {
      return List.of(target);
    }
  }

  record Member(int start, int end, Node object, boolean isOptional, Key key) implements Node {
    @Override
    public List<Node> children() {
      return List.of(object, key);
    }
  }

  /**
   * A call.
   *
   * @param open where its parenthesis is
   */
  record Call(int start, int end, Node callee, boolean isOptional, int open, List<Node> arguments)
      implements Node {
    @Override
    public List<Node> children() {
      return joined(List.of(callee), arguments);
    }
  }

  /**
   * {@code new Callee(arguments)}.
   *
   * @param open where its parenthesis is; the end when there is none
   */
  record New(int start, int end, Node callee, int open, List<Node> arguments) implements Node {
    @Override
    public List<Node> children() {
      return joined(List.of(callee), arguments);
    }
  }

  /**
   * A function; of a method, what begins with its parameters.
   *
   * @param open where its parameters begin
   * @param body a block, or the expression of an arrow function
   */
  record Function(
      int start,
      int end,
      boolean isArrow,
      boolean isGenerator,
      Optional<Name> name,
      int open,
      List<Node> parameters,
      Node body)
      implements Node {
    @Override
    public List<Node> children() {
      return joined(parameters, List.of(body));
    }
  }

  record ClassOf(
      int start,
      int end,
      boolean isDeclaration,
      Optional<Name> name,
      Optional<Node> parent,
      List<Part> parts)
      implements Node {
    @Override
    public List<Node> children() {
      return joined(parent.stream().toList(), parts);
    }

    /** A class without name is called as the variable that it is assigned to. */
    ClassOf named(Name variable) {
      return new ClassOf(start, end, isDeclaration, Optional.of(variable), parent, parts);
    }
  }

  /** What stands in a class. */
  enum PartKind {
    CONSTRUCTOR,
    METHOD,
    GETTER,
    SETTER,
    FIELD,
    BLOCK
  }

  /**
   * A part of a class.
   *
   * @param key none for a block
   * @param value a function, a field's value if it has one, or a block
   */
  record Part(
      int start, int end, PartKind kind, boolean isStatic, Optional<Key> key, Optional<Node> value)
      implements Node {
    @Override
    public List<Node> children() {
      return joined(key.stream().toList(), value.stream().toList());
    }
  }

  /** {@code let a = 1, b}, with its semicolon where it is a statement. */
  record Declaration(int start, int end, String word, List<Declarator> declarators)
      implements Node {
    @Override
    public List<Node> children() {
      return List.copyOf(declarators);
    }

    /** Whether it belongs to the block around it, and not to the function. */
    boolean isLexical() {
      return !word.equals("var");
    }
  }

  record Declarator(int start, int end, Node target, Optional<Node> value) implements Node {
    @Override
    public List<Node> children() {
      return joined(List.of(target), value.stream().toList());
    }
  }

  record Block(int start, int end, List<Node> children) implements Node {}

  record For(
      int start,
      int end,
      Optional<Node> init,
      Optional<Node> test,
      Optional<Node> update,
      Node body)
      implements Node {
    @Override
    public List<Node> children() {
      List<Node> all = new ArrayList<>();
      init.ifPresent(all::add);
      test.ifPresent(all::add);
      update.ifPresent(all::add);
      all.add(body);
      return all;
    }
  }

  /**
   * {@code for (head of list) body}.
   *
   * @param word {@code of} or {@code in}
   */
  record ForEach(int start, int end, Node head, String word, Node list, Node body) implements Node {
    @Override
    public List<Node> children() {
      return List.of(head, list, body);
    }
  }

  record Catch(int start, int end, Optional<Node> parameter, Block body) implements Node {
    @Override
    public List<Node> children() {
      return joined(parameter.stream().toList(), List.of(body));
    }
  }

  record Labelled(int start, int end, Node statement) implements Node {
    @Override
    public List<Node> children() {
      return List.of(statement);
    }
  }

  record Return(int start, int end, Optional<Node> value) implements Node {
    @Override
    public List<Node> children() {
      return value.stream().toList();
    }
  }

  private static List<Node> joined(List<? extends Node> first, List<? extends Node> then) {
    List<Node> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }
}
