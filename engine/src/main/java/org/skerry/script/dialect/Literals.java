package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.skerry.script.ScriptException;
import org.skerry.script.dialect.Node.KeyKind;

/**
 * Reads what expressions are made of (ECMA-262, section "Primary Expression"). A pattern is read as
 * the literal that it resembles.
 */
abstract class Literals extends Cursor {
  private static final Set<String> RESERVED =
      Set.of(
          ("break case catch const continue debugger default do else enum export extends finally"
                  + " for if import in instanceof return switch throw try var while with")
              .split(" "));

  private boolean inGenerator;

  /** Whether {@code in} belongs to the head of a loop. */
  private boolean withoutIn;

  Literals(Lexer lexer) {
    super(lexer);
  }

  abstract Node expression();

  /** An expression without commas. */
  abstract Node assignment();

  /** The block of a function. */
  abstract Node.Block block();

  abstract Node.ClassOf classOf(boolean isDeclaration);

  final boolean inGenerator() {
    return inGenerator;
  }

  final boolean isWithoutIn() {
    return withoutIn;
  }

  final <T> T with(boolean generator, boolean noIn, Supplier<T> reading) {
    boolean wasIn = inGenerator;
    boolean wasWithout = withoutIn;
    inGenerator = generator;
    withoutIn = noIn;
    T read = reading.get();
    inGenerator = wasIn;
    withoutIn = wasWithout;
    return read;
  }

  final <T> T inside(Supplier<T> reading) {
    return with(inGenerator, false, reading);
  }

  final ScriptException noAsync(int at) {
    return unsupported("async functions are", at);
  }

  /** What stands between brackets, without them; they are taken. */
  final List<Node> list(String closing) {
    return inside(
        () -> {
          take();
          List<Node> all = new ArrayList<>();
          while (!eat(closing)) {
            all.add(is("...") ? spread() : assignment());
            if (!is(closing)) {
              expect(",");
            }
          }
          return all;
        });
  }

  private Node spread() {
    int start = start();
    take();
    Node what = assignment();
    return new Node.Spread(start, lastEnd(), what);
  }

  final Node primary() {
    int start = start();
    return switch (token().kind()) {
      case NUMBER, TEXT -> plain();
      case PRIVATE -> key();
      case WORD -> word(start);
      case OPERATOR -> punctuated(start);
      case END -> throw unexpected();
    };
  }

  private Node plain() {
    int start = start();
    take();
    return new Node.Plain(start, lastEnd(), List.of());
  }

  private Node word(int start) {
    switch (token().text()) {
      case "function" -> {
        return function();
      }
      case "class" -> {
        return classOf(false);
      }
      case "this" -> {
        take();
        return new Node.This(start, lastEnd());
      }
      case "super" -> {
        take();
        return new Node.Super(start, lastEnd());
      }
      default -> {
        if (isAsync()) {
          throw noAsync(start);
        }
        return name();
      }
    }
  }

  /** Whether an asynchronous function or its parameter follows. */
  private boolean isAsync() {
    Token next = is("async") ? peek() : token();
    return is("async")
        && next.isWord()
        && !next.isAfterLine()
        && !next.is("in")
        && !next.is("of")
        && !next.is("instanceof");
  }

  final Node.Name name() {
    if (!token().isWord() || RESERVED.contains(token().text())) {
      throw unexpected();
    }
    Node.Name name = new Node.Name(start(), token().end(), token().text());
    take();
    return name;
  }

  private Node punctuated(int start) {
    switch (token().text()) {
      case "(" -> {
        List<Node> items = list(")");
        return new Node.Parens(start, lastEnd(), items);
      }
      case "[" -> {
        return elements();
      }
      case "{" -> {
        return members();
      }
      case "`" -> {
        return template();
      }
      case "/", "/=" -> {
        moveTo(lexer().afterPattern(start));
        return new Node.Plain(start, lastEnd(), List.of());
      }
      default -> throw unexpected();
    }
  }

  final Node template() {
    int start = start();
    List<Node> parts = new ArrayList<>();
    int at = lexer().afterChunk(start + 1);
    while (lexer().source().charAt(at - 1) == '{') {
      moveTo(at);
      parts.add(inside(this::expression));
      if (!is("}")) {
        throw unexpected();
      }
      at = lexer().afterChunk(token().end());
    }
    moveTo(at);
    return new Node.Plain(start, at, parts);
  }

  private Node elements() {
    return inside(
        () -> {
          int start = start();
          take();
          List<Optional<Node>> all = new ArrayList<>();
          while (!is("]")) {
            if (is(",")) {
              all.add(Optional.empty());
            } else {
              all.add(Optional.of(is("...") ? spread() : assignment()));
            }
            if (!is("]")) {
              expect(",");
            }
          }
          take();
          return new Node.Elements(start, lastEnd(), all);
        });
  }

  private Node members() {
    return inside(
        () -> {
          int start = start();
          take();
          List<Node> all = new ArrayList<>();
          while (!eat("}")) {
            all.add(is("...") ? spread() : property());
            if (!is("}")) {
              expect(",");
            }
          }
          return new Node.Members(start, lastEnd(), all);
        });
  }

  private Node property() {
    int start = start();
    refuseAsyncMember();
    boolean generator = eat("*");
    if (isModifier("get") || isModifier("set")) {
      take();
    }
    boolean word = token().isWord();
    Node.Key key = key();
    if (is("(")) {
      Node value = method(generator);
      return new Node.Property(start, lastEnd(), key, value, false);
    }
    if (eat(":")) {
      Node value = assignment();
      return new Node.Property(start, lastEnd(), key, value, false);
    }
    if (!word) {
      throw unexpected();
    }
    Node name = new Node.Name(key.start(), key.end(), key.text());
    if (eat("=")) {
      Node value = assignment();
      name = new Node.Assign(name.start(), lastEnd(), name, "=", value);
    }
    return new Node.Property(start, lastEnd(), key, name, true);
  }

  /** Whether a word says what kind of member follows, and is not its name. */
  final boolean isModifier(String word) {
    if (!is(word)) {
      return false;
    }
    Token next = peek();
    boolean name = Set.of("(", ",", ":", "=", ";", "}").contains(next.text());
    return !name && next.kind() != Token.Kind.END;
  }

  final void refuseAsyncMember() {
    if (isModifier("async") && !peek().isAfterLine()) {
      throw noAsync(start());
    }
  }

  /** A member's name. */
  final Node.Key key() {
    int start = start();
    return switch (token().kind()) {
      case WORD -> keyOf(KeyKind.NAME);
      case PRIVATE -> keyOf(KeyKind.PRIVATE);
      case TEXT, NUMBER -> keyOf(KeyKind.LITERAL);
      case OPERATOR -> {
        expect("[");
        Node computed = inside(this::expression);
        expect("]");
        yield new Node.Key(start, lastEnd(), KeyKind.COMPUTED, "", List.of(computed));
      }
      case END -> throw unexpected();
    };
  }

  private Node.Key keyOf(KeyKind kind) {
    int start = start();
    take();
    String text = lexer().source().substring(start, lastEnd());
    return new Node.Key(start, lastEnd(), kind, text, List.of());
  }

  final Node.Function function() {
    int start = start();
    take();
    boolean generator = eat("*");
    Optional<Node.Name> name = is("(") ? Optional.empty() : Optional.of(name());
    return functionFrom(start, generator, name);
  }

  /** A method, from its parameters on. */
  final Node.Function method(boolean generator) {
    return functionFrom(start(), generator, Optional.empty());
  }

  private Node.Function functionFrom(int start, boolean generator, Optional<Node.Name> name) {
    return with(
        generator,
        false,
        () -> {
          int open = start();
          if (!is("(")) {
            throw unexpected();
          }
          List<Node> parameters = list(")");
          Node.Block body = block();
          return new Node.Function(
              start, lastEnd(), false, generator, name, open, parameters, body);
        });
  }

  /** What runs when a class is made. */
  final Node.Block staticBlock() {
    return with(false, false, this::block);
  }
}
