package org.skerry.mango;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Texts by the bytes of their UTF-8, as Erlang compares them. */
final class Utf8Order {
  static final Comparator<String> COMPARATOR =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private Utf8Order() {}
}
