package org.skerry.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.skerry.document.BadDocumentException.Kind;

/**
 * Walks over JSON (RFC 8259) in UTF-8 and checks it, without making anything of it but what is
 * asked for: most of a document is skipped, eight bytes of a string at a time. It does not check
 * that the bytes are UTF-8 ({@link Utf8} does).
 *
 * <p>Stricter than the RFC in two points: a member may not come twice in one object, and nesting
 * has a limit. Nothing here calls itself, so that the limit is the only bound. One thread.
 */
public final class JsonScanner {

  /** What {@link #peek} and {@link #next} answer behind the last byte. */
  public static final int END = -1;

  private final byte[] in;
  private final int maxDepth;

  /** None where nobody looks for members that come twice. */
  private final @Nullable MemberNames names;

  private int at;
  private int depth;

  /** Of each open container, whether it is an object. */
  private boolean[] objects = new boolean[16];

  private int nameStart;
  private int nameEnd;
  private boolean nameEscaped;
  private boolean escaped;

  /**
   * A scanner at the beginning.
   *
   * @param maxDepth how deep arrays and objects may be nested
   */
  public JsonScanner(byte[] in, int maxDepth) {
    this(in, maxDepth, new MemberNames(in));
  }

  private JsonScanner(byte[] in, int maxDepth, @Nullable MemberNames names) {
    this.in = in;
    this.maxDepth = maxDepth;
    this.names = names;
  }

  /**
   * A scanner at the beginning of what somebody sent, whose bytes are looked at first.
   *
   * @param maxDepth how deep arrays and objects may be nested
   * @throws BadDocumentException of kind BAD_JSON when they are not UTF-8
   */
  public static JsonScanner ofSent(byte[] in, int maxDepth) {
    Utf8.expect(in);
    return new JsonScanner(in, maxDepth);
  }

  /**
   * A scanner at the beginning of what a peer answered, of which only counts what is asked for:
   * members may come twice, nesting has no limit, and what is skipped is hardly looked at. That all
   * is UTF-8 is checked: a damaged name is not another one's.
   *
   * @throws BadDocumentException of kind BAD_JSON when it is not
   */
  public static JsonScanner ofAnswer(byte[] in) {
    Utf8.expect(in);
    return ofTrusted(in);
  }

  /** A scanner at the beginning of JSON that was checked when it came in. */
  public static JsonScanner ofTrusted(byte[] in) {
    return new JsonScanner(in, Integer.MAX_VALUE, null);
  }

  /** The next byte that is no white space, which stays the next one. */
  public int peek() {
    while (at < in.length) {
      byte c = in[at];
      if (c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c & 0xff;
      }
      at++;
    }
    return END;
  }

  /** Refuses what follows the value that was taken. */
  public void end() {
    if (peek() != END) {
      throw new BadDocumentException(
          Kind.BAD_JSON,
          "invalid UTF-8 JSON: something follows the end of the JSON value (byte " + at + ")");
    }
  }

  private int next() {
    int c = peek();
    at++;
    return c;
  }

  /** Where the scanner stands: behind what it took. */
  public int position() {
    return at;
  }

  /** Where the current member's name begins, with its quote. */
  public int nameStart() {
    return nameStart;
  }

  /** Enters the object that is the next value. */
  public void enterObject() {
    expect('{');
    enter(true);
  }

  /** Enters the array that is the next value. */
  public void enterArray() {
    expect('[');
    enter(false);
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
  }

  private void enter(boolean object) {
    if (depth == maxDepth) {
      throw broken("nesting deeper than " + maxDepth);
    }
    if (depth == objects.length) {
      objects = Arrays.copyOf(objects, 2 * depth);
    }
    objects[depth++] = object;
    if (object && names != null) {
      names.enter();
    }
  }

  private void leave() {
    if (objects[--depth] && names != null) {
      names.leave();
    }
  }

  /**
   * Goes to the next member of the object that was entered; at its end leaves it and says so.
   *
   * @param first whether none was taken yet
   */
  public boolean member(boolean first) {
    return more(first, '}');
  }

  /** As {@link #member}, in an array. */
  public boolean element(boolean first) {
    return more(first, ']');
  }

  private boolean more(boolean first, char closing) {
    int c = peek();
    if (c == closing) {
      at++;
      leave();
      return false;
    }
    if (!first) {
      at++;
      if (c != ',') {
        throw unexpected("',' or '" + closing + "'");
      }
    }
    if (closing == '}') {
      takeName();
    }
    return true;
  }

  private void takeName() {
    if (next() != '"') {
      throw unexpected("a member's name");
    }
    nameStart = at - 1;
    takeString();
    nameEnd = at - 1;
    nameEscaped = escaped;
    if (escaped && !JsonText.isWhole(name())) {
      at = nameStart + 1;
      throw broken("half a character in a member's name");
    }
    if (names != null && !names.add(nameStart + 1, nameEnd, escaped)) {
      at = nameStart + 1;
      throw broken("the member " + name() + " comes twice");
    }
    expect(':');
  }

  /**
   * Whether the current member has that name, however it is spelled.
   *
   * @param utf8 the same name
   */
  public boolean isNamed(String name, byte[] utf8) {
    if (nameEscaped) {
      return name().equals(name);
    }
    return nameEnd - nameStart - 1 == utf8.length
        && Arrays.equals(in, nameStart + 1, nameEnd, utf8, 0, utf8.length);
  }

  /** The current member's name. */
  public String name() {
    return JsonText.decode(in, nameStart + 1, nameEnd);
  }

  /** Whether the current member's name begins with an underscore, however it is spelled. */
  public boolean isSpecial() {
    byte c = in[nameStart + 1];
    return c == '_' || c == '\\' && name().startsWith("_");
  }

  /** Takes the next value, which must be a string. */
  public String string() {
    expect('"');
    int from = at;
    takeString();
    return JsonText.decode(in, from, at - 1);
  }

  /** Takes the next value, which must be {@code true} or {@code false}. */
  public boolean bool() {
    boolean value = peek() == 't';
    at++;
    takeLiteral(value ? "true" : "false");
    return value;
  }

  /** Takes the next value, whatever it is. */
  public void skipValue() {
    int around = depth;
    do {
      if (takeValue()) {
        while (depth > around && !more(false, objects[depth - 1] ? '}' : ']')) {
          // It was the last one: so the container has ended too.
        }
      }
    } while (depth > around);
  }

  /** Takes a scalar or an empty container, and returns true; or enters a container. */
  private boolean takeValue() {
    int c = next();
    switch (c) {
      case '"' -> skipString();
      case '{', '[' -> {
        boolean object = c == '{';
        enter(object);
        return !more(true, object ? '}' : ']');
      }
      case 't' -> takeLiteral("true");
      case 'f' -> takeLiteral("false");
      case 'n' -> takeLiteral("null");
      default -> takeNumber(c);
    }
    return true;
  }

  /** The first letter was taken. */
  private void takeLiteral(String literal) {
    for (int i = 1; i < literal.length(); i++) {
      if (at++ >= in.length || in[at - 1] != literal.charAt(i)) {
        throw unexpected(literal);
      }
    }
  }

  /** The first character was taken. */
  private void takeNumber(int first) {
    int p = at - 1;
    if (first == '-') {
      p++;
    }
    p = p < in.length && in[p] == '0' ? p + 1 : digits(p);
    if (p < in.length && in[p] == '.') {
      p = digits(p + 1);
    }
    if (p < in.length && (in[p] == 'e' || in[p] == 'E')) {
      p++;
      boolean signed = p < in.length && (in[p] == '+' || in[p] == '-');
      p = digits(signed ? p + 1 : p);
    }
    at = p;
  }

  /** The position behind at least one digit. */
  private int digits(int from) {
    int p = from;
    while (p < in.length && in[p] >= '0' && in[p] <= '9') {
      p++;
    }
    if (p == from) {
      at = from + 1;
      throw unexpected("a value");
    }
    return p;
  }

  /** The opening quote was taken; takes the closing one too. */
  private void takeString() {
    escaped = false;
    int p = at;
    while (true) {
      p = JsonBytes.plain(in, p, in.length);
      if (p >= in.length) {
        at = p + 1;
        throw unexpected("the end of a string");
      }
      byte c = in[p++];
      if (c == '"') {
        at = p;
        return;
      }
      if (c != '\\') {
        at = p;
        throw broken("a control character in a string");
      }
      escaped = true;
      p = escape(p);
    }
  }

  /** As {@link #takeString}, of a value that nobody reads. */
  private void skipString() {
    if (names != null) {
      takeString();
      return;
    }
    int p = at;
    do {
      p = JsonBytes.quote(in, p) + 1;
      if (p > in.length) {
        at = p;
        throw unexpected("the end of a string");
      }
    } while (isEscaped(p - 1));
    at = p;
  }

  /** Whether an odd number of backslashes stands in front, within the string that was begun. */
  private boolean isEscaped(int quote) {
    int p = quote;
    while (p > at && in[p - 1] == '\\') {
      p--;
    }
    return (quote - p) % 2 != 0;
  }

  /** The position behind an escape, whose backslash was taken. */
  private int escape(int from) {
    int c = from < in.length ? in[from] : END;
    int end = from + 1;
    boolean good = c > 0 && "\"\\/bfnrtu".indexOf(c) >= 0;
    if (c == 'u') {
      end += 4;
      good = end <= in.length;
      for (int i = from + 1; good && i < end; i++) {
        good = Character.digit(in[i], 16) >= 0;
      }
    }
    if (!good) {
      at = from + 1;
      throw broken("an unknown escape in a string");
    }
    return end;
  }

  /** Refuses what was taken last. */
  private BadDocumentException unexpected(String wanted) {
    return broken(at > in.length ? "it ends where " + wanted + " should be" : "expected " + wanted);
  }

  private BadDocumentException broken(String what) {
    int where = Math.max(0, Math.min(at, in.length) - 1);
    return new BadDocumentException(
        Kind.BAD_JSON, "invalid UTF-8 JSON: " + what + " (byte " + where + ")");
  }
}
