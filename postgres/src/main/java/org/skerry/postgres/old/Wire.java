package org.skerry.postgres.old;

import java.time.LocalDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of XML-RPC. What it has no type for, Tryton writes as a structure with a class. */
sealed interface Wire {
  /** No value ({@code nil}, an extension that all use). */
  Wire NIL = new Nil();

  record Nil() implements Wire {}

  record Text(String text) implements Wire {}

  record Whole(long number) implements Wire {}

  /**
   * A double, as it was or will be written.
   *
   * @param text all of its digits
   */
  record Real(String text) implements Wire {}

  record Flag(boolean value) implements Wire {}

  /** A time without a zone, of whole seconds. */
  record Moment(LocalDateTime time) implements Wire {}

  /**
   * Bytes.
   *
   * @param base64 without line ends
   */
  record Bytes(String base64) implements Wire {
    static Bytes of(byte[] bytes) {
      return new Bytes(Base64.getEncoder().encodeToString(bytes));
    }
  }

  record Items(List<Wire> values) implements Wire {
    public Items {
      values = List.copyOf(values);
    }

    static Items of(Wire... values) {
      return new Items(List.of(values));
    }
  }

  /** A structure; members keep their order. */
  record Struct(Map<String, Wire> members) implements Wire {
    public Struct {
      members = new LinkedHashMap<>(members);
    }

    Wire get(String name) {
      return members.getOrDefault(name, NIL);
    }

    /** What kind of value it stands for; empty for a structure that is one. */
    String kind() {
      return get("__class__") instanceof Text(String text) ? text : "";
    }
  }
}
