package org.skerry.script.dialect;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skerry.script.dialect.Node.KeyKind;
import org.skerry.script.dialect.Node.PartKind;

/**
 * Writes a class as a function that makes a constructor:
 *
 * <pre>
 * (function (parent) { 'use strict'; var fields = []; $skerry.inherit(A, parent);
 *   function A(x) { var self = this, made; … return $skerry.made(made); }
 *   $skerry.method(A.prototype, "m", function () { … });
 *   return A; })(B)
 * </pre>
 *
 * <p>Private members become members with names that no program writes, and that are not enumerated.
 */
final class Classes {
  private final Rewriter rewriter;
  private final Output out;
  private int privates;

  Classes(Rewriter rewriter) {
    this.rewriter = rewriter;
    this.out = rewriter.out();
  }

  /** The names that a class has while it is made. */
  private record Names(String type, String parent, String fields, boolean isDerived) {
    String home(Node.Part part) {
      return part.isStatic() ? parent : parent + ".prototype";
    }

    String owner(Node.Part part) {
      return part.isStatic() ? type : type + ".prototype";
    }
  }

  void write(Node.ClassOf type) {
    boolean derived = type.parent().isPresent();
    Names names =
        new Names(
            type.name().map(Node.Name::text).orElseGet(out::temporary),
            out.temporary(),
            out.temporary(),
            derived);
    String parent = type.parent().map(rewriter::written).orElse("Object");
    out.add(type.isDeclaration() ? "let " + names.type() + " = (" : "(");
    out.add("function (" + names.parent() + ") { 'use strict'; var " + names.fields() + " = []; ");
    if (derived) {
      out.add("$skerry.inherit(" + names.type() + ", " + names.parent() + "); ");
    }
    if (type.parts().stream().noneMatch(part -> part.kind() == PartKind.CONSTRUCTOR)) {
      out.add("function " + names.type() + "() {" + opening(names) + implied(names) + "} ");
    }
    Context context = rewriter.context().withPrivates(privates(type));
    rewriter.in(context, () -> parts(type, names));
    out.add(" return " + names.type() + "; })(" + parent + ")");
    if (type.isDeclaration()) {
      out.add(";");
    }
  }

  private Map<String, String> privates(Node.ClassOf type) {
    privates++;
    String serial = out.mark() + privates;
    Map<String, String> names = new HashMap<>();
    for (Node.Part part : type.parts()) {
      part.key()
          .filter(key -> key.kind() == KeyKind.PRIVATE)
          .map(Node.Key::text)
          .ifPresent(name -> names.put(name, '"' + name + " " + serial + '"'));
    }
    return names;
  }

  private void parts(Node.ClassOf type, Names names) {
    int at = type.start();
    for (Node.Part part : type.parts()) {
      out.lines(at, part.start());
      out.addFor(part, out.taken(() -> part(part, names)));
      at = part.end();
    }
    out.lines(at, type.end());
  }

  private void part(Node.Part part, Names names) {
    switch (part.kind()) {
      case CONSTRUCTOR -> constructor((Node.Function) part.value().orElseThrow(), names);
      case METHOD -> method(part, "method", names);
      case GETTER -> method(part, "getter", names);
      case SETTER -> method(part, "setter", names);
      case FIELD -> field(part, names);
      case BLOCK -> {
        out.add("(function () ");
        within(part, names, () -> rewriter.write(part.value().orElseThrow()));
        out.add(").call(" + names.type() + ");");
      }
    }
  }

  private void within(Node.Part part, Names names, Runnable action) {
    rewriter.in(rewriter.context().inMember(names.home(part)), action);
  }

  private static String opening(Names names) {
    String fields = names.isDerived() ? "[]" : names.fields();
    return "$skerry.begin(this, " + names.type() + ", " + fields + ");";
  }

  /** The constructor of a class that has none. */
  private static String implied(Names names) {
    return names.isDerived()
        ? "return $skerry.construct("
            + names.parent()
            + ", $skerry.list(arguments, Infinity), this, "
            + names.fields()
            + ");"
        : "";
  }

  private void constructor(Node.Function function, Names names) {
    out.add("function " + names.type());
    String home = names.parent() + ".prototype";
    if (!names.isDerived()) {
      Context.Construction made =
          new Context.Construction("this", Optional.empty(), names.fields());
      rewriter.in(
          rewriter.context().inConstructor("this", home, made),
          () -> rewriter.functions().fromParameters(function, opening(names), ""));
      return;
    }
    String fresh = out.temporary();
    String self = out.temporary();
    Context.Construction made =
        new Context.Construction(fresh, Optional.of(names.parent()), names.fields());
    String opening = opening(names) + "var " + fresh + " = this, " + self + ";";
    rewriter.in(
        rewriter.context().inConstructor(self, home, made),
        () ->
            rewriter
                .functions()
                .fromParameters(function, opening, ";return $skerry.made(" + self + ");"));
  }

  private void method(Node.Part part, String helper, Names names) {
    Node.Function function = (Node.Function) part.value().orElseThrow();
    String key = rewriter.keyText(part.key().orElseThrow());
    out.add("$skerry." + helper + "(" + names.owner(part) + ", " + key + ", function");
    out.add(function.isGenerator() ? "* " : " ");
    within(part, names, () -> rewriter.functions().fromParameters(function, "", ""));
    out.add(");");
  }

  private void field(Node.Part part, Names names) {
    String key = rewriter.keyText(part.key().orElseThrow());
    out.add(part.isStatic() ? "$skerry.fill(" + names.type() + ", [[" : names.fields() + ".push([");
    out.add("$skerry.key(" + key + "), function () { return (");
    Optional<Node> value = part.value();
    if (value.isPresent()) {
      within(part, names, () -> rewriter.write(value.get()));
    } else {
      out.add("void 0");
    }
    out.add(part.isStatic() ? "); }]]);" : "); }]);");
  }
}
