package org.skerry.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.SerializableString;

/**
 * UTF-8 bytes that go into a generator's output as they are, without becoming text in between: a
 * range of a body, or a whole value.
 */
public final class RawJson implements SerializableString {
  private static final int DOES_NOT_FIT = -1;

  private final byte[] bytes;
  private final int from;
  private final int to;

  private RawJson(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** All of the bytes. */
  public static RawJson of(byte[] json) {
    return new RawJson(json, 0, json.length);
  }

  /** The members of an object: what stands between its braces. */
  static RawJson members(byte[] object) {
    return new RawJson(object, 1, object.length - 1);
  }

  @Override
  public String getValue() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public int charLength() {
    return getValue().length();
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @Override
  public byte[] asQuotedUTF8() {
    return asUnquotedUTF8();
  }

  @Override
  public char[] asQuotedChars() {
    return getValue().toCharArray();
  }

  @Override
  public int appendUnquotedUTF8(byte[] buffer, int offset) {
    int length = to - from;
    if (length > buffer.length - offset) {
      return DOES_NOT_FIT;
    }
    System.arraycopy(bytes, from, buffer, offset, length);
    return length;
  }

  @Override
  public int appendQuotedUTF8(byte[] buffer, int offset) {
    return appendUnquotedUTF8(buffer, offset);
  }

  @Override
  public int appendUnquoted(char[] buffer, int offset) {
    char[] chars = asQuotedChars();
    if (chars.length > buffer.length - offset) {
      return DOES_NOT_FIT;
    }
    System.arraycopy(chars, 0, buffer, offset, chars.length);
    return chars.length;
  }

  @Override
  public int appendQuoted(char[] buffer, int offset) {
    return appendUnquoted(buffer, offset);
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    out.write(bytes, from, to - from);
    return to - from;
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) throws IOException {
    return writeUnquotedUTF8(out);
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer buffer) {
    if (to - from > buffer.remaining()) {
      return DOES_NOT_FIT;
    }
    buffer.put(bytes, from, to - from);
    return to - from;
  }

  @Override
  public int putQuotedUTF8(ByteBuffer buffer) {
    return putUnquotedUTF8(buffer);
  }

  @Override
  public String toString() {
    return getValue();
  }
}
