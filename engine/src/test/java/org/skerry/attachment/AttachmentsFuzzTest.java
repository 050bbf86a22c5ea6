package org.skerry.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;

/** Broken input is refused as broken input, whatever is broken about it. */
class AttachmentsFuzzTest {
  private static final int ROUNDS = 100_000;

  private static final byte[] GOOD =
      ("{\"_attachments\":{\"a\":{\"content_type\":\"text/plain\",\"data\":\"aGVs\\/bG8=\"},"
              + "\"b\":{\"stub\":true,\"revpos\":12,\"digest\":\"md5-x\"},"
              + "\"\u00fc\":{\"follows\":true,\"length\":12,\"encoding\":\"gzip\","
              + "\"encoded_length\":7}},\"x\":1}")
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] TELLING =
      "{}[]\":,\\/=0123456789.eE+-_atrufnl\u00e4\0".getBytes(StandardCharsets.UTF_8);

  @Test
  void onlyRefusalsComeOfBrokenAttachments() throws IOException {
    Random random = new Random(5);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = mutated(random);
      try {
        accepted += readAll(input) ? 1 : 0;
      } catch (BadDocumentException | BadAttachmentException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
    assertThat(accepted).isPositive();
  }

  private static byte[] mutated(Random random) {
    byte[] input = GOOD.clone();
    for (int edits = random.nextInt(4); edits >= 0; edits--) {
      int at = random.nextInt(input.length);
      switch (random.nextInt(3)) {
        case 0 -> input[at] = TELLING[random.nextInt(TELLING.length)];
        case 1 -> input = without(input, at);
        default -> input = with(input, at, TELLING[random.nextInt(TELLING.length)]);
      }
    }
    return input;
  }

  private static byte[] without(byte[] input, int at) {
    byte[] shorter = Arrays.copyOf(input, input.length - 1);
    System.arraycopy(input, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static byte[] with(byte[] input, int at, byte octet) {
    byte[] longer = Arrays.copyOf(input, input.length + 1);
    System.arraycopy(input, at, longer, at + 1, input.length - at);
    longer[at] = octet;
    return longer;
  }

  private static boolean readAll(byte[] input) throws IOException {
    var attachments = DocumentReader.read(input, DocumentLimits.DEFAULT).attachments();
    if (attachments.isEmpty()) {
      return false;
    }
    List<AttachmentDraft> drafts = AttachmentsJson.read(attachments.get());
    for (AttachmentDraft draft : drafts) {
      if (draft instanceof AttachmentDraft.Inline inline) {
        try (InputStream bytes = inline.open()) {
          bytes.readAllBytes();
        }
      }
    }
    return true;
  }
}
