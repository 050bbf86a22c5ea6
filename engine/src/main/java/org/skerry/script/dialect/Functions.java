package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;

/** Writes functions: their parameters may have patterns that the engine does not know. */
final class Functions {
  private final Rewriter rewriter;
  private final Output out;

  Functions(Rewriter rewriter) {
    this.rewriter = rewriter;
    this.out = rewriter.out();
  }

  void write(Node.Function function) {
    boolean collects =
        function.isArrow()
            && !function.parameters().isEmpty()
            && function.parameters().getLast() instanceof Node.Spread;
    Context context = rewriter.context();
    if (collects) {
      // The engine's arrow functions have no rest, so another function collects it.
      out.add("$skerry.rest(" + (function.parameters().size() - 1) + ", ");
    }
    out.copy(function.start(), function.open());
    rewriter.in(
        function.isArrow() ? context.inArrow() : context.inFunction(),
        () -> fromParameters(function, "", ""));
    if (collects) {
      out.add(")");
      if (rewriter.isOver(function)) {
        out.endStatement(function.end());
      }
    }
  }

  /**
   * Writes what follows a function's name.
   *
   * @param opening stands in its block before all else
   * @param closing stands in its block behind all else
   */
  void fromParameters(Node.Function function, String opening, String closing) {
    List<String> declared = new ArrayList<>();
    int at = function.open();
    for (Node parameter : function.parameters()) {
      out.copy(at, parameter.start());
      parameter(function, parameter, declared);
      at = parameter.end();
    }
    out.copy(at, function.body().start());
    String variables = declared.isEmpty() ? "" : "var " + String.join(", ", declared) + ";";
    if (function.body() instanceof Node.Block body) {
      block(body, opening + variables, closing);
    } else if (variables.isEmpty()) {
      rewriter.write(function.body());
    } else {
      out.add("{ " + variables + " return (");
      rewriter.write(function.body());
      out.add("); }");
    }
  }

  void block(Node.Block block, String opening, String closing) {
    out.add("{").add(opening);
    rewriter.around(block, block.start() + 1, block.end() - 1);
    out.add(closing).add("}");
  }

  private void parameter(Node.Function function, Node parameter, List<String> declared) {
    if (parameter instanceof Node.Spread rest) {
      out.add(function.isArrow() ? "" : "...");
      if (rest.what() instanceof Node.Name name) {
        rewriter.write(name);
      } else {
        pattern(rest.what(), rest, declared);
      }
    } else if (!rewriter.patterns().isForeign(parameter)) {
      rewriter.write(parameter);
    } else if (parameter instanceof Node.Assign withDefault) {
      pattern(withDefault.target(), withDefault.target(), declared);
      out.copy(withDefault.target().end(), withDefault.value().start());
      rewriter.write(withDefault.value());
    } else {
      pattern(parameter, parameter, declared);
    }
  }

  private void pattern(Node pattern, Node place, List<String> declared) {
    String whole = out.temporary();
    out.addFor(place, whole);
    declared.add(rewriter.patterns().declaration(pattern, whole));
  }
}
