package org.skerry.mango;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Terms in Erlang's external format, of minor version 1 (atoms in Latin-1), as far as JSON and
 * options need it: the bytes from which CouchDB generates names.
 */
final class ErlangTerms {
  private static final int VERSION = 131;
  private static final int SMALL_INTEGER = 97;
  private static final int INTEGER = 98;
  private static final int NEW_FLOAT = 70;
  private static final int ATOM = 100;
  private static final int SMALL_TUPLE = 104;
  private static final int NIL = 106;
  private static final int STRING = 107;
  private static final int LIST = 108;
  private static final int BINARY = 109;
  private static final int SMALL_BIG = 110;
  private static final int LARGE_BIG = 111;
  private static final int LARGEST_SMALL = 255;
  private static final int LONGEST_STRING = 65_535;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** A term that knows how to write itself. */
  @FunctionalInterface
  interface Term {
    void write(ErlangTerms out) throws IOException;
  }

  /** The bytes of {@code term_to_binary}. */
  static byte[] bytes(Term term) {
    ErlangTerms terms = new ErlangTerms();
    try {
      terms.out.write(VERSION);
      term.write(terms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms.bytes.toByteArray();
  }

  static Term atom(String name) {
    return terms -> {
      terms.out.write(ATOM);
      terms.out.writeShort(name.length());
      terms.out.write(name.getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  static Term binary(String text) {
    return terms -> {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      terms.out.write(BINARY);
      terms.out.writeInt(utf8.length);
      terms.out.write(utf8);
    };
  }

  static Term tuple(Term... elements) {
    return terms -> {
      terms.out.write(SMALL_TUPLE);
      terms.out.write(elements.length);
      for (Term element : elements) {
        element.write(terms);
      }
    };
  }

  static Term list(List<Term> elements) {
    return terms -> {
      if (!elements.isEmpty()) {
        terms.out.write(LIST);
        terms.out.writeInt(elements.size());
        for (Term element : elements) {
          element.write(terms);
        }
      }
      terms.out.write(NIL);
    };
  }

  /** JSON as CouchDB holds it: objects as one-tuples of lists of pairs. */
  static Term json(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT ->
          tuple(
              list(
                  value.properties().stream()
                      .map(member -> tuple(binary(member.getKey()), json(member.getValue())))
                      .toList()));
      case ARRAY ->
          isString(value)
              ? string(value)
              : list(value.valueStream().map(ErlangTerms::json).toList());
      case STRING, BINARY, POJO -> binary(value.asString());
      case NUMBER -> number(value);
      case BOOLEAN -> atom(value.booleanValue() ? "true" : "false");
      case NULL, MISSING -> atom("null");
    };
  }

  /** Erlang writes a list of bytes as a string. */
  private static boolean isString(JsonNode array) {
    return !array.isEmpty()
        && array.size() <= LONGEST_STRING
        && array.valueStream().allMatch(ErlangTerms::isByte);
  }

  private static boolean isByte(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= 0
        && value.intValue() <= LARGEST_SMALL;
  }

  private static Term string(JsonNode array) {
    return terms -> {
      terms.out.write(STRING);
      terms.out.writeShort(array.size());
      for (JsonNode element : array) {
        terms.out.write(element.intValue());
      }
    };
  }

  private static Term number(JsonNode number) {
    return terms -> {
      if (!number.isIntegralNumber()) {
        terms.out.write(NEW_FLOAT);
        terms.out.writeDouble(number.doubleValue());
      } else if (isByte(number)) {
        terms.out.write(SMALL_INTEGER);
        terms.out.write(number.intValue());
      } else if (number.canConvertToInt()) {
        terms.out.write(INTEGER);
        terms.out.writeInt(number.intValue());
      } else {
        terms.big(number.bigIntegerValue());
      }
    };
  }

  /** The magnitude's bytes, least significant first. */
  private void big(BigInteger number) throws IOException {
    BigInteger magnitude = number.abs();
    int length = (magnitude.bitLength() + 7) / 8;
    if (length <= LARGEST_SMALL) {
      out.write(SMALL_BIG);
      out.write(length);
    } else {
      out.write(LARGE_BIG);
      out.writeInt(length);
    }
    out.write(number.signum() < 0 ? 1 : 0);
    byte[] big = magnitude.toByteArray();
    for (int i = 0; i < length; i++) {
      out.write(big[big.length - 1 - i]);
    }
  }
}
