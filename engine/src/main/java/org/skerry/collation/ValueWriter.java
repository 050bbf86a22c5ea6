package org.skerry.collation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes values as JSON, as JavaScript would: integers without a point, what is no number as null.
 * Rows are written by the million, and a generator's checks would cost more than their bytes. One
 * thread.
 */
public final class ValueWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Of doubles below it all integers are exact. */
  private static final double EXACT = 1L << 53;

  private final Buffer out = new Buffer();

  /** A buffer whose array may be copied without a lock. */
  private static final class Buffer extends ByteArrayOutputStream {
    void ascii(String text) {
      for (int i = 0; i < text.length(); i++) {
        write(text.charAt(i));
      }
    }
  }

  /** The value's JSON. */
  public byte[] of(JsonNode value) {
    out.reset();
    write(value);
    return out.toByteArray();
  }

  private void write(JsonNode value) {
    switch (value.getNodeType()) {
      case NULL, MISSING -> out.ascii("null");
      case BOOLEAN -> out.ascii(value.booleanValue() ? "true" : "false");
      case NUMBER -> number(value);
      case STRING, BINARY, POJO -> text(value.asString());
      case ARRAY -> {
        out.write('[');
        boolean any = false;
        for (JsonNode element : value.values()) {
          if (any) {
            out.write(',');
          }
          any = true;
          write(element);
        }
        out.write(']');
      }
      case OBJECT -> {
        out.write('{');
        Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
        while (members.hasNext()) {
          Map.Entry<String, JsonNode> member = members.next();
          text(member.getKey());
          out.write(':');
          write(member.getValue());
          if (members.hasNext()) {
            out.write(',');
          }
        }
        out.write('}');
      }
    }
  }

  private void number(JsonNode value) {
    if (value.isDouble() || value.isFloat()) {
      double number = value.doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        out.ascii("null");
      } else if (number == Math.rint(number) && Math.abs(number) < EXACT) {
        out.ascii(Long.toString((long) number));
      } else {
        out.ascii(Double.toString(number));
      }
      return;
    }
    out.ascii(value.asString());
  }

  private void text(String text) {
    out.write('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        out.write(c);
      } else if (c < 0x800) {
        out.write(0xc0 | c >> 6);
        out.write(0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        out.write(0xe0 | c >> 12);
        out.write(0x80 | c >> 6 & 0x3f);
        out.write(0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out.write(0xf0 | point >> 18);
        out.write(0x80 | point >> 12 & 0x3f);
        out.write(0x80 | point >> 6 & 0x3f);
        out.write(0x80 | point & 0x3f);
      } else {
        // Half of a pair is no text that UTF-8 can hold.
        out.ascii("\\ufffd");
      }
    }
    out.write('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.ascii("\\\"");
      case '\\' -> out.ascii("\\\\");
      case '\n' -> out.ascii("\\n");
      case '\r' -> out.ascii("\\r");
      case '\t' -> out.ascii("\\t");
      case '\b' -> out.ascii("\\b");
      case '\f' -> out.ascii("\\f");
      default -> {
        out.ascii("\\u00");
        out.write(HEX[c >> 4]);
        out.write(HEX[c & 0xf]);
      }
    }
  }
}
