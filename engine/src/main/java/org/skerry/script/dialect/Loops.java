package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes loops whose variables are caught by functions, so that each turn has its own, as the
 * language says (ECMA-262, section "CreatePerIterationEnvironment"). In the engine's loops they are
 * the same in all turns, but what is declared in a block is new each time the block is entered.
 */
final class Loops {
  private final Rewriter rewriter;
  private final Output out;

  Loops(Rewriter rewriter) {
    this.rewriter = rewriter;
    this.out = rewriter.out();
  }

  /** A label belongs to the loop itself. */
  void write(Node.Labelled labelled) {
    StringBuilder labels = new StringBuilder();
    Node statement = labelled;
    while (statement instanceof Node.Labelled more) {
      labels.append(out.source(more.start(), more.statement().start()));
      statement = more.statement();
    }
    if (statement instanceof Node.For loop) {
      write(loop, labels.toString());
    } else {
      out.add(labels.toString());
      rewriter.write(statement);
    }
  }

  /**
   * Writes {@code for (let i = 0; i < 3; i++) body} as
   *
   * <pre>
   * { let i = 0; let copy = i, first = true;
   *   for (;;) { let i = copy; if (first) first = false; else { i++; } if (!(i < 3)) break;
   *     try { body } finally { copy = i; } } }
   * </pre>
   *
   * <p>so that {@code continue}, {@code break} and {@code return} mean in it what they meant.
   */
  void write(Node.For loop, String labels) {
    if (loop.init().orElse(null) instanceof Node.Declaration head
        && head.isLexical()
        && isOwnEachTurn(head, loop)) {
      own(loop, head, labels);
    } else {
      out.add(labels);
      rewriter.around(loop, loop.start(), loop.end());
    }
  }

  /** The engine evaluates the values in a loop's head before it knows the names there. */
  private static boolean isOwnEachTurn(Node.Declaration head, Node.For loop) {
    Set<String> names = Scopes.names(head);
    return Scopes.isCaptured(names, loop)
        || head.declarators().stream()
            .flatMap(declarator -> declarator.value().stream())
            .anyMatch(value -> Scopes.isUsed(names, value));
  }

  private void own(Node.For loop, Node.Declaration head, String labels) {
    List<String> names = List.copyOf(Scopes.names(head));
    List<String> copies = new ArrayList<>();
    names.forEach(name -> copies.add(out.temporary()));
    String first = out.temporary();
    String opening =
        out.taken(
            () -> {
              out.add("{ ");
              rewriter.write(head);
              out.add("; let " + pairs(copies, names, ", ") + ", " + first + " = true; " + labels);
              out.add("for (;;) { let " + pairs(names, copies, ", ") + ";");
              out.add(" if (" + first + ") { " + first + " = false; }");
              loop.update().ifPresent(u -> out.add(" else { " + rewriter.written(u) + "; }"));
              loop.test()
                  .ifPresent(t -> out.add(" if (!(" + rewriter.written(t) + ")) { break; }"));
            });
    out.addFor(loop.start(), loop.body().start(), opening);
    out.add(" try { ");
    rewriter.write(loop.body());
    out.add(" } finally { " + pairs(copies, names, "; ") + "; } } }");
  }

  private static String pairs(List<String> targets, List<String> values, String between) {
    return IntStream.range(0, targets.size())
        .mapToObj(i -> targets.get(i) + " = " + values.get(i))
        .collect(Collectors.joining(between));
  }

  /**
   * Writes {@code for (const x of list) body} as {@code for (let t of list) { let x = t; body }}.
   */
  void write(Node.ForEach loop) {
    if (!(loop.head() instanceof Node.Declaration head)) {
      assigning(loop);
      return;
    }
    Node target = head.declarators().getFirst().target();
    boolean caught = head.isLexical() && Scopes.isCaptured(Scopes.names(target), loop.body());
    if (caught || rewriter.patterns().isForeign(target)) {
      String turn = out.temporary();
      String declared = rewriter.patterns().declaration(target, turn);
      eachTurn(loop, turn, (head.isLexical() ? "let " : "var ") + declared);
    } else if (head.isLexical()) {
      out.copy(loop.start(), head.start()).add("let ");
      rewriter.write(target);
      rewriter.around(List.of(loop.list(), loop.body()), target.end(), loop.end());
    } else {
      rewriter.around(loop, loop.start(), loop.end());
    }
  }

  /** The variable, or the pattern of some, is declared elsewhere. */
  private void assigning(Node.ForEach loop) {
    if (rewriter.patterns().isForeign(loop.head())) {
      String turn = out.temporary();
      eachTurn(loop, turn, rewriter.patterns().assignment(loop.head(), turn));
    } else {
      rewriter.around(loop, loop.start(), loop.end());
    }
  }

  private void eachTurn(Node.ForEach loop, String turn, String opening) {
    out.copy(loop.start(), loop.head().start()).addFor(loop.head(), "let " + turn);
    rewriter.around(List.of(loop.list()), loop.head().end(), loop.body().start());
    out.add("{ " + opening + "; ");
    rewriter.write(loop.body());
    out.add(" }");
  }
}
