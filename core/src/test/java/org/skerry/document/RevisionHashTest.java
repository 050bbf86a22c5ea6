package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.revision.RevId;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class RevisionHashTest {
  private static RevId first(String json) {
    return RevisionHash.next(Optional.empty(), false, Body.parse(json), List.of());
  }

  private static AttachmentRef attachment(String name, String type, String digest) {
    return new AttachmentRef(
        name, type, 1, BlobId.of(new byte[32]), digest, AttachmentRef.Encoding.IDENTITY, 1, 1);
  }

  private static RevId with(AttachmentRef... attachments) {
    return RevisionHash.next(Optional.empty(), false, Body.EMPTY, List.of(attachments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|1-9d94caae87429b16d261f35f96db0bc5",
        "{\"a\":1.0,\"b\":[true,null,\"x y\"]}|1-cb836d723ddc475ab491c754f3194c22",
        "{\"ü\":\"\\u00fc😀\"}|1-b043172eaaa1f69d9dfbe4003dc5b4ef",
      })
  void theNamesArePinned(String json, String rev) {
    assertThat(first(json))
        .as("nodes of all versions must give one edit one name: this may never change")
        .hasToString(rev);
  }

  @Test
  void theNamesOfEditsArePinned() {
    Optional<RevId> parent = Optional.of(RevId.parse("7-0123456789abcdef0123456789abcdef"));
    Body body = Body.parse("{\"v\": 2}");
    assertThat(RevisionHash.next(parent, false, body, List.of()))
        .hasToString("8-fa8c95eb42bdaf8c1ad558dfcaa74e48");
    assertThat(RevisionHash.next(parent, true, Body.EMPTY, List.of()))
        .hasToString("8-624fb82f7b639c3a1a4748742789e8ae");
    assertThat(
            RevisionHash.next(
                Optional.of(RevId.parse("1-foreign")),
                false,
                body,
                List.of(attachment("a.txt", "text/plain", "md5-1B2M2Y8AsgTpgAmY7PhCfg=="))))
        .hasToString("2-c0ef9a7f9c4e8cdc3ec9c6916a7d6a0b");
  }

  @Test
  void whiteSpaceBetweenTokensDoesNotCount(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 5_000; round++) {
      List<String> tokens = texts.body();
      String compact = JsonTexts.compact(tokens);
      assertThat(first(texts.spaced(tokens).strip()))
          .as(compact)
          .isEqualTo(first(compact))
          .isEqualTo(first(compact));
    }
  }

  @Test
  void everythingElseDoes(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    Map<RevId, String> seen = new HashMap<>();
    for (int round = 0; round < 20_000; round++) {
      String compact = JsonTexts.compact(texts.body());
      String before = seen.put(first(compact), compact);
      assertThat(before == null || before.equals(compact))
          .as("%s and %s", before, compact)
          .isTrue();
    }
  }

  @Test
  void everyChangedByteOfTheBodyCounts(SplittableRandom random) {
    String json = "{\"a b\":\"x \\\" y\",\"n\":[1.50,-2e9],\"é\":{\"t\":true}}";
    List<RevId> all = new ArrayList<>(List.of(first(json)));
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = json.getBytes(UTF_8);
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
      if (new String(changed, UTF_8).equals(json)) {
        continue;
      }
      try {
        RevId rev =
            RevisionHash.next(Optional.empty(), false, DocumentReader.readBody(changed), List.of());
        assertThat(rev).as(new String(changed, UTF_8)).isNotEqualTo(all.getFirst());
      } catch (BadDocumentException refused) {
        assertThat(refused.kind()).isNotNull();
      }
    }
  }

  @Test
  void parentAndDeletionCount() {
    Body body = Body.parse("{\"v\":1}");
    RevId rev = first("{\"v\":1}");
    List<RevId> all =
        List.of(
            rev,
            RevisionHash.next(Optional.empty(), true, body, List.of()),
            RevisionHash.next(Optional.of(rev), false, body, List.of()),
            RevisionHash.next(Optional.of(rev), true, body, List.of()),
            RevisionHash.next(Optional.of(RevId.parse("1-x")), false, body, List.of()));
    assertThat(all).extracting(RevId::hash).doesNotHaveDuplicates();
    assertThat(all).extracting(RevId::generation).containsExactly(1, 1, 2, 2, 2);
  }

  @Test
  void attachmentsCountByNameTypeAndDigestWhateverTheirOrder() {
    AttachmentRef a = attachment("a", "text/plain", "md5-x");
    AttachmentRef b = attachment("b", "text/plain", "md5-x");
    assertThat(with(a, b)).isEqualTo(with(b, a));
    assertThat(
            List.of(
                with(),
                with(a),
                with(b),
                with(a, b),
                with(attachment("a", "text/plaim", "md5-x")),
                with(attachment("a", "text/plain", "md5-y")),
                with(attachment("at", "ext/plain", "md5-x")),
                with(attachment("a", "text/plainm", "d5-x"))))
        .doesNotHaveDuplicates();
  }
}
