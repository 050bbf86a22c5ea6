package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads expressions (ECMA-262, section "Expressions"), as far as their parts matter: which operator
 * binds stronger does not. A pattern is read as the literal that it resembles.
 */
abstract class Expressions extends Literals {
  private static final Set<String> ASSIGNING =
      Set.of("= += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??=".split(" "));

  private static final Set<String> BINARY =
      Set.of("+ - * / % ** << >> >>> & | ^ && || ?? == != === !== < > <= >= instanceof".split(" "));

  private static final Set<String> UNARY = Set.of("+", "-", "!", "~", "typeof", "void", "delete");

  Expressions(Lexer lexer) {
    super(lexer);
  }

  @Override
  final Node expression() {
    Node first = assignment();
    if (!is(",")) {
      return first;
    }
    List<Node> all = new ArrayList<>(List.of(first));
    while (eat(",")) {
      all.add(assignment());
    }
    return new Node.Plain(first.start(), lastEnd(), all);
  }

  /** As an expression; {@code in} ends it. */
  final <T> T headOfLoop(Supplier<T> reading) {
    return with(inGenerator(), true, reading);
  }

  @Override
  final Node assignment() {
    enter();
    Node read = is("yield") && inGenerator() ? yielding() : assigned();
    leave();
    return read;
  }

  private Node yielding() {
    int start = start();
    take();
    eat("*");
    boolean alone = token().isAfterLine() || token().kind() == Token.Kind.END;
    boolean ended = is(")") || is("]") || is("}") || is(",") || is(";") || is(":") || is("in");
    List<Node> value = alone || ended ? List.of() : List.of(assignment());
    return new Node.Plain(start, lastEnd(), value);
  }

  private Node assigned() {
    int start = start();
    if (token().isWord() && peek().is("=>")) {
      Node name = name();
      return arrow(start, start, List.of(name));
    }
    Node left = conditional();
    if (is("=>") && !token().isAfterLine()) {
      if (left instanceof Node.Parens parameters) {
        return arrow(start, start, parameters.children());
      }
      throw left instanceof Node.Call ? noAsync(start) : unexpected();
    }
    if (token().kind() == Token.Kind.OPERATOR && ASSIGNING.contains(token().text())) {
      String operator = token().text();
      take();
      Node value = assignment();
      return new Node.Assign(start, lastEnd(), left, operator, value);
    }
    return left;
  }

  private Node arrow(int start, int open, List<Node> parameters) {
    expect("=>");
    Node body =
        is("{") ? with(false, false, this::block) : with(false, isWithoutIn(), this::assignment);
    return new Node.Function(
        start, lastEnd(), true, false, Optional.empty(), open, parameters, body);
  }

  private Node conditional() {
    Node test = binary();
    if (!eat("?")) {
      return test;
    }
    Node then = inside(this::assignment);
    expect(":");
    Node otherwise = assignment();
    return new Node.Plain(test.start(), lastEnd(), List.of(test, then, otherwise));
  }

  private Node binary() {
    Node first = unary();
    List<Node> operands = new ArrayList<>(List.of(first));
    while (BINARY.contains(token().text()) || is("in") && !isWithoutIn()) {
      take();
      operands.add(unary());
    }
    return operands.size() == 1 ? first : new Node.Plain(first.start(), lastEnd(), operands);
  }

  private Node unary() {
    int start = start();
    boolean update = is("++") || is("--");
    if (!update && !UNARY.contains(token().text())) {
      return postfix();
    }
    enter();
    take();
    Node operand = unary();
    leave();
    return update
        ? new Node.Update(start, lastEnd(), operand)
        : new Node.Plain(start, lastEnd(), List.of(operand));
  }

  private Node postfix() {
    Node operand = chain();
    if ((is("++") || is("--")) && !token().isAfterLine()) {
      take();
      return new Node.Update(operand.start(), lastEnd(), operand);
    }
    return operand;
  }

  /** Something with its members and calls. */
  final Node chain() {
    Node link = is("new") ? creation() : primary();
    int links = 0;
    while (true) {
      Optional<Node> longer = is("(") ? Optional.of(call(link, false)) : access(link);
      if (longer.isEmpty()) {
        for (int i = 0; i < links; i++) {
          leave();
        }
        return link;
      }
      enter();
      links++;
      link = longer.get();
    }
  }

  /** A member of what was read, an optional call, or a tagged template. */
  private Optional<Node> access(Node object) {
    if (is("`")) {
      Node template = template();
      return Optional.of(new Node.Plain(object.start(), lastEnd(), List.of(object, template)));
    }
    boolean optional = is("?.");
    if (optional || is(".")) {
      take();
      if (optional && is("(")) {
        return Optional.of(call(object, true));
      }
      if (!(optional && is("[")) && !token().isWord() && token().kind() != Token.Kind.PRIVATE) {
        throw unexpected();
      }
    } else if (!is("[")) {
      return Optional.empty();
    }
    Node.Key key = key();
    return Optional.of(new Node.Member(object.start(), lastEnd(), object, optional, key));
  }

  private Node call(Node callee, boolean optional) {
    int open = start();
    List<Node> arguments = list(")");
    return new Node.Call(callee.start(), lastEnd(), callee, optional, open, arguments);
  }

  private Node creation() {
    enter();
    int start = start();
    take();
    if (eat(".")) {
      expect("target");
      leave();
      return new Node.NewTarget(start, lastEnd());
    }
    Node callee = is("new") ? creation() : primary();
    while (is(".") || is("[")) {
      enter();
      callee = access(callee).orElseThrow();
      leave();
    }
    int open = is("(") ? start() : lastEnd();
    List<Node> arguments = is("(") ? list(")") : List.of();
    leave();
    return new Node.New(start, lastEnd(), callee, open, arguments);
  }
}
