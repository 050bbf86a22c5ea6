package org.skerry.postgres.old;

import java.util.LinkedHashMap;
import java.util.Map;

/** The old engine's set of instances: a text of 0 and 1, instance 0 last. */
final class Bits {
  /** As many as it had room for. */
  private static final int USUAL = 128;

  private Bits() {}

  /** The set with one instance in it. */
  static Wire only(int instance) {
    StringBuilder bits = new StringBuilder("0".repeat(Math.max(USUAL, instance + 1)));
    bits.setCharAt(bits.length() - 1 - instance, '1');
    Map<String, Wire> members = new LinkedHashMap<>();
    members.put("__class__", new Wire.Text("bitstring"));
    members.put("bin", new Wire.Text(bits.toString()));
    return new Wire.Struct(members);
  }
}
