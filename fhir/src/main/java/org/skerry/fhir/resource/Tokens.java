package org.skerry.fhir.resource;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
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

  /** The texts in their order, and for what they stand. */
  public SequencedMap<String, Attached> texts() {
    return texts;
  }

  /** What was made of the resource, as it is kept: with data beside it again. */
  public byte[] restore(byte[] changed) {
    return texts.isEmpty() ? changed : AttachedText.restore(changed, Map.copyOf(texts));
  }
}
