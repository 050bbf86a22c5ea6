package org.skerry.fhir.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * A resource with short texts in the places of data that are kept beside it: good base64 that
 * nobody else has, so that the resource can be made into something else (XML, a patched one) and
 * its data be found again. One thread.
 */
public final class Tokens {
  private static final int LENGTH = 2 * Long.BYTES + Long.BYTES;

  /** So many digits say nothing but the nonce. */
  private static final int COMMON = 2 * Long.BYTES * 8 / 6;

  private final SequencedMap<String, Attached> texts = new LinkedHashMap<>();
  private final UUID nonce = UUID.randomUUID();
  private final byte[] json;

  private Tokens(byte[] json, Set<String> names) {
    this.json =
        AttachedText.replace(
            json,
            (object, attached) ->
                names.contains(attached.name())
                    ? Optional.of("\"data\":\"" + next(attached) + '"')
                    : Optional.empty());
  }

  /**
   * A resource as it is kept.
   *
   * @param names of the data that are there; where others should be, nothing is changed
   */
  static Tokens of(byte[] json, Set<String> names) {
    return new Tokens(json, names);
  }

  private String next(Attached attached) {
    byte[] bytes =
        ByteBuffer.allocate(LENGTH)
            .putLong(nonce.getMostSignificantBits())
            .putLong(nonce.getLeastSignificantBits())
            .putLong(texts.size())
            .array();
    String text = Base64.getEncoder().encodeToString(bytes);
    texts.put(text, attached);
    return text;
  }

  /** The resource with texts in the places of data. */
  public byte[] json() {
    return json;
  }

  /** The texts, and for what they stand. */
  public SequencedMap<String, Attached> texts() {
    return texts;
  }

  /** Those that stand in what was made of the resource, in the order in which they stand there. */
  public List<String> in(byte[] made) {
    // Of one byte for each character: other bytes of UTF-8 are none of base64's.
    String text = new String(made, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    if (texts.isEmpty()) {
      return found;
    }
    String first = texts.keySet().iterator().next();
    String beginning = first.substring(0, COMMON);
    for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + COMMON)) {
      String one = text.substring(at, Math.min(text.length(), at + first.length()));
      if (texts.containsKey(one)) {
        found.add(one);
      }
    }
    return found;
  }

  /** What was made of the resource, as it is kept: with data beside it again. */
  public byte[] restore(byte[] changed) {
    return texts.isEmpty() ? changed : AttachedText.restore(changed, Map.copyOf(texts));
  }
}
