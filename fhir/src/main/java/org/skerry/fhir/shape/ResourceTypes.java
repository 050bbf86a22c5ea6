package org.skerry.fhir.shape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.skerry.document.JsonBytes;
import org.skerry.document.JsonScanner;

/** Finds out what a resource is, before its members are looked at. */
final class ResourceTypes {
  private static final byte[] FIRST = "\"resourceType\"".getBytes(StandardCharsets.UTF_8);
  private static final int MAX_DEPTH = 200;

  private ResourceTypes() {}

  /** The type of the object that begins there; most name it first. */
  static Optional<String> at(byte[] json, int brace) {
    int at = skipBlanks(json, brace + 1);
    int behind = at + FIRST.length;
    if (behind < json.length && Arrays.equals(json, at, behind, FIRST, 0, FIRST.length)) {
      int colon = skipBlanks(json, behind);
      if (colon < json.length && json[colon] == ':') {
        int quote = skipBlanks(json, colon + 1);
        int end = JsonBytes.plain(json, Math.min(quote + 1, json.length), json.length);
        if (quote < json.length && json[quote] == '"' && end < json.length && json[end] == '"') {
          return Optional.of(new String(json, quote + 1, end - quote - 1, StandardCharsets.UTF_8));
        }
      }
    }
    return search(Arrays.copyOfRange(json, brace, json.length));
  }

  private static int skipBlanks(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at;
  }

  private static Optional<String> search(byte[] json) {
    JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      if (scanner.name().equals("resourceType") && scanner.peek() == '"') {
        return Optional.of(scanner.string());
      }
      scanner.skipValue();
    }
    return Optional.empty();
  }
}
