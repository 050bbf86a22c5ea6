package org.skerry.fhir.attached;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skerry.attachment.AttachmentBody;
import org.skerry.document.AttachmentRef;
import org.skerry.fhir.resource.Attached;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Tokens;
import org.skerry.store.AttachmentStore;

/**
 * A resource on its way out with data in it that are kept beside it: text, and attachments that are
 * read when it is written. Immutable.
 *
 * @param texts what stands around the data: one more than there are data
 * @param data in their order
 */
public record Inline(List<byte[]> texts, List<AttachmentRef> data) {
  public Inline {
    texts = List.copyOf(texts);
    data = List.copyOf(data);
    if (texts.size() != data.size() + 1) {
      throw new IllegalArgumentException("texts stand around data");
    }
  }

  /** A resource as JSON. */
  public static Inline of(ResourceText resource) {
    Tokens tokens = resource.tokens();
    return of(tokens, tokens.json(), resource);
  }

  /**
   * What was made of a resource.
   *
   * @param text with tokens in it
   */
  public static Inline of(Tokens tokens, byte[] text, ResourceText resource) {
    Map<String, AttachmentRef> known = new HashMap<>();
    resource.attached().forEach(ref -> known.put(ref.name(), ref));
    List<String> stand = new ArrayList<>();
    List<AttachmentRef> data = new ArrayList<>();
    for (String token : tokens.in(text)) {
      stand.add(token);
      Attached attached = Objects.requireNonNull(tokens.texts().get(token));
      data.add(Objects.requireNonNull(known.get(attached.name())));
    }
    return cut(text, stand, data);
  }

  /**
   * What stands around texts that are there, each once, in that order.
   *
   * @param stand for data
   */
  public static Inline cut(byte[] text, List<String> stand, List<AttachmentRef> data) {
    // Of one byte for each character, so that places in both are the same.
    String all = new String(text, StandardCharsets.ISO_8859_1);
    List<byte[]> texts = new ArrayList<>();
    int from = 0;
    for (String one : stand) {
      int at = all.indexOf(one, from);
      if (at < 0) {
        throw new IllegalStateException("the place of data is lost");
      }
      texts.add(Arrays.copyOfRange(text, from, at));
      from = at + one.length();
    }
    texts.add(Arrays.copyOfRange(text, from, text.length));
    return new Inline(texts, data);
  }

  /** How long it is, in bytes. */
  public long length() {
    long length = 0;
    for (byte[] text : texts) {
      length += text.length;
    }
    for (AttachmentRef ref : data) {
      length += (ref.length() + 2) / 3 * 4;
    }
    return length;
  }

  /** All of it; attachments are opened one after the other. The reader closes the stream. */
  public InputStream open(AttachmentStore store) {
    return new SequenceInputStream(
        new Enumeration<>() {
          private int next;

          @Override
          public boolean hasMoreElements() {
            return next <= 2 * data.size();
          }

          @Override
          public InputStream nextElement() {
            int part = next++;
            return part % 2 == 0
                ? new ByteArrayInputStream(texts.get(part / 2))
                : new Encoded(AttachmentBody.decoded(store, data.get(part / 2)).stream());
          }
        });
  }
}
