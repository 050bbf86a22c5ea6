package org.skerry.fhir.rest;

import java.io.ByteArrayOutputStream;

/** JSON for people: the same tokens, with lines and indentation. */
final class Pretty {
  private final byte[] json;
  private final ByteArrayOutputStream out;
  private int depth;

  private Pretty(byte[] json) {
    this.json = json;
    this.out = new ByteArrayOutputStream(2 * json.length);
  }

  /** Spreads JSON that is known to be good. */
  static byte[] of(byte[] json) {
    return new Pretty(json).write();
  }

  private byte[] write() {
    boolean inText = false;
    for (int i = 0; i < json.length; i++) {
      byte c = json[i];
      if (inText) {
        out.write(c);
        if (c == '\\') {
          out.write(json[++i]);
        }
        inText = c != '"';
      } else if (c > ' ') {
        inText = c == '"';
        token(c);
      }
    }
    out.write('\n');
    return out.toByteArray();
  }

  private void token(byte c) {
    switch (c) {
      case '{', '[' -> {
        out.write(c);
        depth++;
        newLine();
      }
      case '}', ']' -> {
        depth--;
        newLine();
        out.write(c);
      }
      case ',' -> {
        out.write(c);
        newLine();
      }
      case ':' -> {
        out.write(c);
        out.write(' ');
      }
      default -> out.write(c);
    }
  }

  private void newLine() {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }
}
