package org.skerry.collation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON values as bytes whose unsigned order is that of {@link JsonOrder}: smaller bytes for the
 * smaller value, equal bytes for values that are equal in that order. No encoding is the beginning
 * of another one, so that more bytes may follow. One thread.
 *
 * <pre>
 *   value    = tag, then nothing (null, false, true), or
 *              number: sign; exponent; two digits a byte; end        (the negative ones: complement)
 *              text:   ICU's sort key, which ends in 00 and has none before; or, in raw order, its
 *                      code units (see {@code raw}) with 00 as 00 FF, and 00
 *              array:  values, 00
 *              object: (name as a text's value, value)*, 00
 * </pre>
 */
public final class CollatedKeys {
  /** Greater than any byte that may follow the beginning of an encoding: an upper bound. */
  public static final byte ABOVE = (byte) 0xff;

  /** Ends arrays and objects: below all tags, since the shorter is the smaller. */
  private static final byte END = 0;

  private static final int CACHED = 512;
  private static final int CACHED_LENGTH = 64;

  private final JsonOrder order;
  private final Tags tags;
  private final SortKeys sortKeys = new SortKeys();

  /** Sort keys of texts met before: views emit few different ones again and again. */
  private final @Nullable String[] texts = new String[CACHED];

  private final byte[][] keys = new byte[CACHED][];

  private final KeyBuffer out = new KeyBuffer();

  /** What the kinds of values begin with. */
  private record Tags(
      byte nothing, byte no, byte yes, byte number, byte text, byte array, byte object) {
    static final Tags UNICODE =
        new Tags(
            (byte) 0x10,
            (byte) 0x11,
            (byte) 0x12,
            (byte) 0x13,
            (byte) 0x14,
            (byte) 0x15,
            (byte) 0x16);
    static final Tags RAW =
        new Tags(
            (byte) 0x22,
            (byte) 0x21,
            (byte) 0x23,
            (byte) 0x20,
            (byte) 0x26,
            (byte) 0x25,
            (byte) 0x24);
  }

  /** Keys in that order. */
  public CollatedKeys(JsonOrder order) {
    this.order = order;
    this.tags = order == JsonOrder.UNICODE ? Tags.UNICODE : Tags.RAW;
  }

  /** The value's bytes. */
  public byte[] of(JsonNode value) {
    out.clear();
    write(value);
    return out.bytes();
  }

  /** The bytes of an array of these elements. */
  public byte[] ofArray(List<JsonNode> elements) {
    return ofElements(elements, END);
  }

  /** Above all arrays that begin with these elements, and below whatever is above those. */
  public byte[] aboveArrays(List<JsonNode> beginning) {
    return ofElements(beginning, ABOVE);
  }

  private byte[] ofElements(List<JsonNode> elements, byte end) {
    out.clear();
    out.add(tags.array);
    for (JsonNode element : elements) {
      write(element);
    }
    out.add(end);
    return out.bytes();
  }

  private void write(JsonNode value) {
    switch (value.getNodeType()) {
      case NULL, MISSING -> out.add(tags.nothing);
      case BOOLEAN -> out.add(value.booleanValue() ? tags.yes : tags.no);
      case NUMBER -> {
        out.add(tags.number);
        NumberKeys.write(value, out);
      }
      case STRING, BINARY, POJO -> text(value.asString());
      case ARRAY -> {
        out.add(tags.array);
        for (JsonNode element : value.values()) {
          write(element);
        }
        out.add(END);
      }
      case OBJECT -> {
        out.add(tags.object);
        Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
        while (members.hasNext()) {
          Map.Entry<String, JsonNode> member = members.next();
          text(member.getKey());
          write(member.getValue());
        }
        out.add(END);
      }
    }
  }

  private void text(String text) {
    out.add(tags.text);
    if (order == JsonOrder.RAW) {
      raw(text);
      return;
    }
    if (text.length() > CACHED_LENGTH) {
      out.add(sortKeys.of(text));
      return;
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & CACHED - 1;
    if (!text.equals(texts[slot])) {
      keys[slot] = sortKeys.of(text);
      texts[slot] = text;
    }
    out.add(keys[slot]);
  }

  /**
   * UTF-16 units in the order of code points, halves of surrogate pairs above all others as {@link
   * JsonOrder#RAW} has them, each in one to three bytes as UTF-8 would write that number.
   */
  private void raw(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int unit = c < 0xd800 ? c : Character.isSurrogate(c) ? c + 0x2000 : c - 0x800;
      if (unit == 0) {
        out.add(END);
        out.add(ABOVE);
      } else if (unit < 0x80) {
        out.add((byte) unit);
      } else if (unit < 0x800) {
        out.add((byte) (0xc0 | unit >> 6));
        out.add((byte) (0x80 | unit & 0x3f));
      } else {
        out.add((byte) (0xe0 | unit >> 12));
        out.add((byte) (0x80 | unit >> 6 & 0x3f));
        out.add((byte) (0x80 | unit & 0x3f));
      }
    }
    out.add(END);
  }

  /**
   * Where the bytes end that are shared by all keys of a key's group.
   *
   * @param bytes in which an encoding stands, and may go on behind its end
   * @param key where it begins
   * @param level of an array, so many elements make the group; of any other value the whole
   */
  public static int groupEnd(byte[] bytes, int key, int level) {
    byte tag = bytes[key];
    if (tag != Tags.UNICODE.array && tag != Tags.RAW.array) {
      return skip(bytes, key);
    }
    int at = key + 1;
    for (int i = 0; i < level; i++) {
      if (bytes[at] == END) {
        // Shorter than the level: a group of its own, beside those of longer arrays.
        return at + 1;
      }
      at = skip(bytes, at);
    }
    return at;
  }

  /** The place behind the value that begins there. */
  private static int skip(byte[] key, int from) {
    byte tag = key[from];
    int at = from + 1;
    return switch (tag) {
      case 0x10, 0x11, 0x12, 0x21, 0x22, 0x23 -> at;
      case 0x13, 0x20 -> NumberKeys.skip(key, at);
      case 0x14 -> indexOf(key, END, at) + 1;
      case 0x26 -> {
        int end = indexOf(key, END, at);
        while (end + 1 < key.length && key[end + 1] == ABOVE) {
          end = indexOf(key, END, end + 2);
        }
        yield end + 1;
      }
      case 0x15, 0x16, 0x24, 0x25 -> {
        while (key[at] != END) {
          at = skip(key, at);
        }
        yield at + 1;
      }
      default -> throw new IllegalArgumentException("no collated key: " + Arrays.toString(key));
    };
  }

  static int indexOf(byte[] key, byte wanted, int from) {
    int at = from;
    while (key[at] != wanted) {
      at++;
    }
    return at;
  }
}
