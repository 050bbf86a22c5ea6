package org.skerry.script.dialect;

import java.util.List;
import org.skerry.script.dialect.Node.KeyKind;

/** Writes calls whose arguments the engine cannot spread, and those of a class's parent. */
final class Calls {
  private final Rewriter rewriter;
  private final Output out;

  Calls(Rewriter rewriter) {
    this.rewriter = rewriter;
    this.out = rewriter.out();
  }

  void write(Node.Call call) {
    Context context = rewriter.context();
    if (call.callee() instanceof Node.Super && context.construction().isPresent()) {
      construction(call, context, context.construction().get());
    } else if (call.callee() instanceof Node.Member member
        && member.object() instanceof Node.Super
        && context.home().isPresent()) {
      String key = rewriter.keyText(member.key());
      String home = context.home().get();
      out.addFor(member, "$skerry.send(" + home + ", " + key + ", " + context.self() + ", ");
      arguments(call.arguments(), call.open(), call.end());
      out.add(")");
    } else if (spreads(call.arguments())) {
      spread(call);
    } else {
      rewriter.around(call, call.start(), call.end());
    }
  }

  void write(Node.New creation) {
    if (!spreads(creation.arguments())) {
      rewriter.around(creation, creation.start(), creation.end());
      return;
    }
    out.add("$skerry.make(");
    rewriter.write(creation.callee());
    out.lines(creation.callee().end(), creation.open()).add(", ");
    arguments(creation.arguments(), creation.open(), creation.end());
    out.add(")");
  }

  private static boolean spreads(List<Node> arguments) {
    return arguments.stream().anyMatch(Node.Spread.class::isInstance);
  }

  /** {@code super(…)}. */
  private void construction(Node.Call call, Context context, Context.Construction made) {
    String parent =
        made.parent()
            .orElseThrow(() -> rewriter.unsupported("super() in a class without parent is", call));
    // Begins with a word: a parenthesis would call what stands in a line before without semicolon.
    out.add("$skerry.same(" + context.self() + " = $skerry.construct(" + parent + ", ");
    arguments(call.arguments(), call.open(), call.end());
    out.add(", " + made.fresh() + ", " + made.fields() + "))");
  }

  private void spread(Node.Call call) {
    if (isOptional(call)) {
      throw rewriter.unsupported("spreads in an optional call are", call);
    }
    if (call.callee() instanceof Node.Member member) {
      out.add("$skerry.call(");
      rewriter.write(member.object());
      boolean computed = member.key().kind() == KeyKind.COMPUTED;
      out.lines(member.object().end(), computed ? member.key().start() : call.open());
      out.add(", " + rewriter.keyText(member.key()) + ", ");
    } else {
      out.add("$skerry.apply(");
      rewriter.write(call.callee());
      out.add(", ");
    }
    arguments(call.arguments(), call.open(), call.end());
    out.add(")");
  }

  /** Whether a call may be left out, because something before it is not there. */
  private static boolean isOptional(Node.Call call) {
    Node link = call;
    while (true) {
      switch (link) {
        case Node.Call before -> {
          if (before.isOptional()) {
            return true;
          }
          link = before.callee();
        }
        case Node.Member before -> {
          if (before.isOptional()) {
            return true;
          }
          link = before.object();
        }
        default -> {
          return false;
        }
      }
    }
  }

  /** Arguments as an array. */
  private void arguments(List<Node> arguments, int open, int end) {
    out.add("[");
    rewriter.around(arguments, open + 1, end - 1);
    out.add("]");
  }
}
