package org.skerry.script.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.script.dialect.Node.KeyKind;
import org.skerry.script.guard.ScriptThread;

/** Writes source anew: what the engine does not know in other words, all else as it stands. */
final class Rewriter {
  /** What may follow an arrow function in the same statement, or ends that itself. */
  private static final Set<String> GOES_ON = Set.of(",", ")", "]", "}", ";", ":");

  private final Lexer lexer;
  private final Output out;
  private final Set<Node> toConstants;
  private final Patterns patterns;
  private final Functions functions;
  private final Loops loops;
  private final Calls calls;
  private final Classes classes;

  private Context context = Context.OUTSIDE;

  Rewriter(String source, Node root) {
    this.lexer = new Lexer(source);
    this.out = new Output(source);
    this.toConstants = Scopes.assignmentsToConstants(root);
    this.patterns = new Patterns(this);
    this.functions = new Functions(this);
    this.loops = new Loops(this);
    this.calls = new Calls(this);
    this.classes = new Classes(this);
  }

  Output out() {
    return out;
  }

  Patterns patterns() {
    return patterns;
  }

  Functions functions() {
    return functions;
  }

  Context context() {
    return context;
  }

  /** Does something where words mean something else. */
  void in(Context other, Runnable action) {
    Context before = context;
    context = other;
    action.run();
    context = before;
  }

  RuntimeException unsupported(String what, Node at) {
    return lexer.unsupported(what, at.start());
  }

  void write(Node node) {
    ScriptThread.turn();
    switch (node) {
      case Node.This _ -> out.add(context.self());
      case Node.NewTarget target -> target(target);
      case Node.Key key when key.kind() == KeyKind.PRIVATE -> out.add(keyText(key));
      case Node.Assign assign -> assign(assign);
      case Node.Update update when toConstants.contains(update) ->
          out.addFor(update, constant(update.target()));
      case Node.Member member -> member(member);
      case Node.Call call -> calls.write(call);
      case Node.New creation -> calls.write(creation);
      case Node.Function function -> functions.write(function);
      case Node.ClassOf type -> classes.write(type);
      case Node.Declaration declaration -> declaration(declaration);
      case Node.For loop -> loops.write(loop, "");
      case Node.ForEach loop -> loops.write(loop);
      case Node.Labelled labelled -> loops.write(labelled);
      case Node.Catch caught -> patterns.write(caught);
      case Node.Return returned -> returned(returned);
      default -> around(node, node.start(), node.end());
    }
  }

  String written(Node node) {
    return out.taken(() -> write(node));
  }

  /** Copies what stands around the children of a node, and writes them. */
  void around(Node node, int from, int to) {
    around(node.children(), from, to);
  }

  void around(List<? extends Node> nodes, int from, int to) {
    int at = from;
    for (Node child : nodes) {
      out.copy(at, child.start());
      write(child);
      at = child.end();
    }
    out.copy(at, to);
  }

  /**
   * Whether a statement ends with an expression though no semicolon says so: what follows an arrow
   * function can be no part of it, and would be one of a call that stands in its place.
   */
  boolean isOver(Node.Function arrow) {
    Token next = lexer.read(arrow.end());
    return next.kind() != Token.Kind.END && !GOES_ON.contains(next.text());
  }

  private void target(Node.NewTarget node) {
    Context.Construction construction =
        context
            .construction()
            .orElseThrow(() -> unsupported("new.target outside of a class is", node));
    out.add("$skerry.target(" + construction.fresh() + ")");
  }

  private void assign(Node.Assign assign) {
    if (toConstants.contains(assign)) {
      toConstant(assign);
    } else if (patterns.isForeign(assign.target())) {
      String value = written(assign.value());
      out.addFor(assign, patterns.assignment(assign.target(), value));
    } else if (assign.target() instanceof Node.Member member
        && member.object() instanceof Node.Super word
        && context.home().isPresent()) {
      // What is assigned to a member of the parent is a member of the object.
      out.add(context.self());
      around(List.of(member.key(), assign.value()), word.end(), assign.end());
    } else {
      around(assign, assign.start(), assign.end());
    }
  }

  private void toConstant(Node.Assign assign) {
    String operator = assign.operator();
    String refusal = constant(assign.target());
    String value = written(assign.value());
    boolean perhaps = Set.of("&&=", "||=", "??=").contains(operator);
    String text =
        perhaps
            ? "$skerry.same("
                + written(assign.target())
                + " "
                + operator.substring(0, 2)
                + " "
                + refusal
                + ")"
            : "$skerry.same((" + value + "), " + refusal + ")";
    out.addFor(assign, text);
  }

  /** An expression that throws what assigning to a constant throws. */
  private static String constant(Node target) {
    String name = String.join(", ", Scopes.names(target));
    return "$skerry.constant('" + name + "')";
  }

  private void member(Node.Member member) {
    if (member.object() instanceof Node.Super && context.home().isPresent()) {
      String look =
          "$skerry.look("
              + context.home().get()
              + ", "
              + keyText(member.key())
              + ", "
              + context.self()
              + ")";
      out.addFor(member, look);
    } else if (member.key().kind() == KeyKind.PRIVATE) {
      write(member.object());
      out.lines(member.object().end(), member.key().start());
      out.add(member.isOptional() ? "?.[" : "[").add(keyText(member.key())).add("]");
    } else {
      around(member, member.start(), member.end());
    }
  }

  /** An expression that is the name of a member. */
  String keyText(Node.Key key) {
    return switch (key.kind()) {
      case NAME -> '"' + key.text() + '"';
      case LITERAL -> key.text();
      case COMPUTED -> written(key.children().getFirst());
      case PRIVATE ->
          Optional.ofNullable(context.privates().get(key.text()))
              .orElseThrow(() -> lexer.error("no class here has " + key.text(), key.start()));
    };
  }

  private void returned(Node.Return node) {
    if (!context.returns()) {
      around(node, node.start(), node.end());
      return;
    }
    String value = node.value().map(this::written).orElse("void 0");
    out.addFor(node, "return $skerry.made(" + context.self() + ", (" + value + "));");
  }

  /** The engine's own constants are one for a whole function. */
  private void declaration(Node.Declaration declaration) {
    int at = declaration.start();
    if (declaration.isLexical()) {
      out.add("let");
      at += declaration.word().length();
    }
    for (Node.Declarator declarator : declaration.declarators()) {
      out.copy(at, declarator.start());
      declarator(declarator, declaration.isLexical());
      at = declarator.end();
    }
    out.copy(at, declaration.end());
  }

  private void declarator(Node.Declarator declarator, boolean lexical) {
    Optional<Node> value = declarator.value();
    if (value.isPresent() && patterns.isForeign(declarator.target())) {
      String text = written(value.get());
      out.addFor(declarator, patterns.declaration(declarator.target(), text));
      return;
    }
    if (declarator.target() instanceof Node.Name name
        && value.orElse(null) instanceof Node.ClassOf type
        && type.name().isEmpty()) {
      out.copy(declarator.start(), type.start());
      write(type.named(name));
      return;
    }
    around(declarator, declarator.start(), declarator.end());
    if (lexical && declarator.value().isEmpty()) {
      // The engine keeps the value of the loop's turn before.
      out.add(" = void 0");
    }
  }
}
