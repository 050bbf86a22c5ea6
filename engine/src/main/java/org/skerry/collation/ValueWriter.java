package org.skerry.collation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private byte[] bytes = new byte[256];
  private int used;

  /** The value's JSON. */
  public byte[] of(JsonNode value) {
    used = 0;
    write(value);
    return Arrays.copyOf(bytes, used);
  }

  private void add(int octet) {
    if (used == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * used);
    }
    bytes[used++] = (byte) octet;
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  private void write(JsonNode value) {
    switch (value.getNodeType()) {
      case NULL, MISSING -> ascii("null");
      case BOOLEAN -> ascii(value.booleanValue() ? "true" : "false");
      case NUMBER -> number(value);
      case STRING, BINARY, POJO -> text(value.asString());
      case ARRAY -> {
        add('[');
        boolean any = false;
        for (JsonNode element : value.values()) {
          if (any) {
            add(',');
          }
          any = true;
          write(element);
        }
        add(']');
      }
      case OBJECT -> {
        add('{');
        Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
        while (members.hasNext()) {
          Map.Entry<String, JsonNode> member = members.next();
          text(member.getKey());
          add(':');
          write(member.getValue());
          if (members.hasNext()) {
            add(',');
          }
        }
        add('}');
      }
    }
  }

  private void number(JsonNode value) {
    if (value.isDouble() || value.isFloat()) {
      double number = value.doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        ascii("null");
      } else if (number == Math.rint(number) && Math.abs(number) < EXACT) {
        ascii(Long.toString((long) number));
      } else {
        ascii(Double.toString(number));
      }
      return;
    }
    ascii(value.asString());
  }

  private void text(String text) {
    add('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        escape(c);
      } else if (c < 0x80) {
        add(c);
      } else if (c < 0x800) {
        add(0xc0 | c >> 6);
        add(0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        add(0xe0 | c >> 12);
        add(0x80 | c >> 6 & 0x3f);
        add(0x80 | c & 0x3f);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        add(0xf0 | point >> 18);
        add(0x80 | point >> 12 & 0x3f);
        add(0x80 | point >> 6 & 0x3f);
        add(0x80 | point & 0x3f);
      } else {
        // Half of a pair is no text that UTF-8 can hold.
        ascii("\\ufffd");
      }
    }
    add('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      case '\b' -> ascii("\\b");
      case '\f' -> ascii("\\f");
      default -> {
        ascii("\\u00");
        add(HEX[c >> 4]);
        add(HEX[c & 0xf]);
      }
    }
  }
}
