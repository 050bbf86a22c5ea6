package org.skerry.script.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.script.dialect.Node.PartKind;

/** Reads statements and classes (ECMA-262, section "Statements and Declarations"). */
final class Parser extends Expressions {
  private Parser(String source) {
    super(new Lexer(source));
  }

  /** An expression that stands alone; semicolons may follow. */
  static Node readExpression(String source) {
    Parser parser = new Parser(source);
    Node read = parser.assignment();
    while (parser.is(";")) {
      parser.take();
    }
    return parser.ended(read);
  }

  /** The statements of a function, without its braces. */
  static Node readStatements(String source) {
    Parser parser = new Parser(source);
    List<Node> statements = new ArrayList<>();
    while (parser.token().kind() != Token.Kind.END) {
      statements.add(parser.statement());
    }
    return parser.ended(new Node.Block(0, source.length(), statements));
  }

  private Node ended(Node read) {
    if (token().kind() != Token.Kind.END) {
      throw unexpected();
    }
    return read;
  }

  @Override
  Node.Block block() {
    int start = start();
    expect("{");
    List<Node> statements = new ArrayList<>();
    while (!is("}")) {
      statements.add(statement());
    }
    take();
    return new Node.Block(start, lastEnd(), statements);
  }

  private Node statement() {
    enter();
    Node read = token().isWord() ? started() : unnamed();
    leave();
    return read;
  }

  private Node unnamed() {
    int start = start();
    if (is("{")) {
      return block();
    }
    return eat(";") ? new Node.Plain(start, lastEnd(), List.of()) : expressionStatement();
  }

  private Node expressionStatement() {
    int start = start();
    Node read = expression();
    endStatement();
    return new Node.Plain(start, lastEnd(), List.of(read));
  }

  private Node started() {
    return switch (token().text()) {
      case "var", "const" -> declarationStatement();
      case "let" -> isLet() ? declarationStatement() : expressionStatement();
      case "function" -> function();
      case "class" -> classOf(true);
      case "if" -> conditional();
      case "for" -> loop();
      case "while", "with" -> headed();
      case "do" -> doing();
      case "return" -> returning();
      case "break", "continue" -> jump();
      case "throw" -> throwing();
      case "try" -> trying();
      case "switch" -> switching();
      case "debugger" -> jump();
      case "import", "export" -> throw unsupported("modules other than CommonJS are", start());
      default -> peek().is(":") ? labelled() : expressionStatement();
    };
  }

  private boolean isLet() {
    Token next = peek();
    boolean operator = Set.of("in", "instanceof", "of").contains(next.text());
    return next.isWord() && !operator || next.is("[") || next.is("{");
  }

  private Node declarationStatement() {
    Node.Declaration read = declaration();
    endStatement();
    return new Node.Declaration(read.start(), lastEnd(), read.word(), read.declarators());
  }

  private Node.Declaration declaration() {
    int start = start();
    String word = token().text();
    take();
    List<Node.Declarator> declarators = new ArrayList<>();
    do {
      int from = start();
      Node target = is("[") || is("{") ? chain() : name();
      Optional<Node> value = eat("=") ? Optional.of(assignment()) : Optional.empty();
      declarators.add(new Node.Declarator(from, lastEnd(), target, value));
    } while (eat(","));
    return new Node.Declaration(start, lastEnd(), word, declarators);
  }

  private Node parenthesized() {
    expect("(");
    Node read = expression();
    expect(")");
    return read;
  }

  private Node conditional() {
    int start = start();
    take();
    List<Node> parts = new ArrayList<>(List.of(parenthesized(), statement()));
    if (eat("else")) {
      parts.add(statement());
    }
    return new Node.Plain(start, lastEnd(), parts);
  }

  private Node headed() {
    int start = start();
    take();
    List<Node> parts = List.of(parenthesized(), statement());
    return new Node.Plain(start, lastEnd(), parts);
  }

  private Node doing() {
    int start = start();
    take();
    Node body = statement();
    expect("while");
    Node test = parenthesized();
    eat(";");
    return new Node.Plain(start, lastEnd(), List.of(body, test));
  }

  private Node loop() {
    int start = start();
    take();
    if (is("await")) {
      throw unsupported("async functions are", start);
    }
    expect("(");
    Optional<Node> init = is(";") ? Optional.empty() : Optional.of(headOfLoop(this::head));
    if (init.isPresent() && (is("of") || is("in"))) {
      String word = token().text();
      take();
      Node list = word.equals("of") ? assignment() : expression();
      expect(")");
      Node body = statement();
      return new Node.ForEach(start, lastEnd(), init.get(), word, list, body);
    }
    expect(";");
    Optional<Node> test = is(";") ? Optional.empty() : Optional.of(expression());
    expect(";");
    Optional<Node> update = is(")") ? Optional.empty() : Optional.of(expression());
    expect(")");
    Node body = statement();
    return new Node.For(start, lastEnd(), init, test, update, body);
  }

  private Node head() {
    boolean declares = is("var") || is("const") || is("let") && isLet();
    return declares ? declaration() : expression();
  }

  private Node returning() {
    int start = start();
    take();
    boolean alone = is(";") || is("}") || token().isAfterLine();
    boolean ended = alone || token().kind() == Token.Kind.END;
    Optional<Node> value = ended ? Optional.empty() : Optional.of(expression());
    endStatement();
    return new Node.Return(start, lastEnd(), value);
  }

  private Node jump() {
    int start = start();
    take();
    if (token().isWord() && !token().isAfterLine()) {
      take();
    }
    endStatement();
    return new Node.Plain(start, lastEnd(), List.of());
  }

  private Node throwing() {
    int start = start();
    take();
    if (token().isAfterLine()) {
      throw unexpected();
    }
    Node value = expression();
    endStatement();
    return new Node.Plain(start, lastEnd(), List.of(value));
  }

  private Node trying() {
    int start = start();
    take();
    List<Node> parts = new ArrayList<>(List.of(block()));
    if (is("catch")) {
      int from = start();
      take();
      Optional<Node> parameter = Optional.empty();
      if (eat("(")) {
        parameter = Optional.of(chain());
        expect(")");
      }
      Node.Block body = block();
      parts.add(new Node.Catch(from, lastEnd(), parameter, body));
    }
    if (eat("finally")) {
      parts.add(block());
    }
    return new Node.Plain(start, lastEnd(), parts);
  }

  private Node switching() {
    int start = start();
    take();
    Node subject = parenthesized();
    int open = start();
    expect("{");
    List<Node> cases = new ArrayList<>();
    while (!eat("}")) {
      if (eat("case")) {
        cases.add(expression());
        expect(":");
      } else if (eat("default")) {
        expect(":");
      } else {
        cases.add(statement());
      }
    }
    Node.Block block = new Node.Block(open, lastEnd(), cases);
    return new Node.Plain(start, lastEnd(), List.of(subject, block));
  }

  private Node labelled() {
    int start = start();
    take();
    take();
    Node statement = statement();
    return new Node.Labelled(start, lastEnd(), statement);
  }

  @Override
  Node.ClassOf classOf(boolean isDeclaration) {
    int start = start();
    take();
    boolean named = token().isWord() && !is("extends");
    Optional<Node.Name> name = named ? Optional.of(name()) : Optional.empty();
    Optional<Node> parent = eat("extends") ? Optional.of(chain()) : Optional.empty();
    expect("{");
    List<Node.Part> parts = new ArrayList<>();
    while (!eat("}")) {
      if (!eat(";")) {
        parts.add(part());
      }
    }
    return new Node.ClassOf(start, lastEnd(), isDeclaration, name, parent, parts);
  }

  private Node.Part part() {
    int start = start();
    boolean isStatic = isModifier("static");
    if (isStatic) {
      take();
    }
    if (isStatic && is("{")) {
      Node block = staticBlock();
      return new Node.Part(
          start, lastEnd(), PartKind.BLOCK, true, Optional.empty(), Optional.of(block));
    }
    refuseAsyncMember();
    boolean generator = eat("*");
    PartKind kind =
        isModifier("get") ? PartKind.GETTER : isModifier("set") ? PartKind.SETTER : PartKind.METHOD;
    if (kind != PartKind.METHOD) {
      take();
    }
    Node.Key key = key();
    if (!is("(")) {
      Optional<Node> value = eat("=") ? Optional.of(assignment()) : Optional.empty();
      int end = lastEnd();
      endStatement();
      return new Node.Part(start, end, PartKind.FIELD, isStatic, Optional.of(key), value);
    }
    boolean constructor = !isStatic && key.is("constructor");
    Node value = method(generator);
    return new Node.Part(
        start,
        lastEnd(),
        constructor ? PartKind.CONSTRUCTOR : kind,
        isStatic,
        Optional.of(key),
        Optional.of(value));
  }
}
