package org.skerry.fhir.xml;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.skerry.fhir.resource.Rewriting;
import tools.jackson.databind.node.StringNode;

/**
 * The narratives of one resource while it is made into something else: in their places stand short
 * ones, which are found again in what was made. A narrative that is no XML of its own is left where
 * it is. One thread.
 */
public final class Narratives {
  private static final String OPEN = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";
  private static final String CLOSE = "</div>";

  private final Map<String, String> taken = new LinkedHashMap<>();
  private final String nonce = UUID.randomUUID().toString();

  /** JSON with short narratives. */
  public byte[] outOfJson(byte[] json) {
    return Rewriting.texts(
        json, "div", div -> Xhtml.isWhole(div) ? Optional.of(quoted(take(div))) : Optional.empty());
  }

  /** XML with short narratives. */
  public byte[] outOfXml(byte[] xml) {
    String text = new String(xml, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (Xhtml.Place place = Xhtml.next(text, 0); place.isThere(); ) {
      String div = text.substring(place.start(), place.end());
      if (Xhtml.isWhole(div)) {
        out.append(text, from, place.start()).append(take(div));
        from = place.end();
      }
      place = Xhtml.next(text, place.end());
    }
    return from == 0
        ? xml
        : out.append(text, from, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }

  private String take(String div) {
    String shortened = OPEN + nonce + '.' + taken.size() + '.' + CLOSE;
    taken.put(shortened, div);
    return shortened;
  }

  /** JSON that was made, with the narratives that were taken out. */
  public byte[] intoJson(byte[] json) {
    return taken.isEmpty()
        ? json
        : Rewriting.texts(
            json, "div", div -> Optional.ofNullable(taken.get(div)).map(Narratives::quoted));
  }

  /** XML that was made, with the narratives that were taken out. */
  public byte[] intoXml(byte[] xml) {
    if (taken.isEmpty()) {
      return xml;
    }
    String text = new String(xml, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(OPEN + nonce); at >= 0; at = text.indexOf(OPEN + nonce, from)) {
      int end = text.indexOf(CLOSE, at) + CLOSE.length();
      out.append(text, from, at).append(taken.get(text.substring(at, end)));
      from = end;
    }
    return out.append(text, from, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }
}
