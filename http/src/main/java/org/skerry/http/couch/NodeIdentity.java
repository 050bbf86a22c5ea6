package org.skerry.http.couch;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.skerry.store.Properties;

/** A node's own id, made when it is first asked for, and kept with its store. */
public final class NodeIdentity {
  private static final String PROPERTY = "uuid";

  private NodeIdentity() {}

  /** 32 hex digits, the same all the node's life. */
  public static synchronized String of(Properties properties) {
    return properties
        .get(PROPERTY)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseGet(() -> make(properties));
  }

  private static String make(Properties properties) {
    UUID fresh = UUID.randomUUID();
    HexFormat hex = HexFormat.of();
    String text =
        hex.toHexDigits(fresh.getMostSignificantBits())
            + hex.toHexDigits(fresh.getLeastSignificantBits());
    properties.put(PROPERTY, text.getBytes(StandardCharsets.UTF_8));
    return text;
  }
}
