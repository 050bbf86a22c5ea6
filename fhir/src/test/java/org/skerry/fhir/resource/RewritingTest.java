package org.skerry.fhir.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.BlobId;

class RewritingTest {
  private static final Attached DATA = Attached.of(new byte[20], 7);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static AttachmentRef ref(String name) {
    return new AttachmentRef(
        name, "image/png", 1, BlobId.of(new byte[32]), "md5-x", Encoding.IDENTITY, 7, 7);
  }

  @Test
  void textsOfANameAreReplacedWhereverTheyStand() {
    String json = "{\"a\" : \"x\",\"b\":[{\"a\":\"y\"},{\"c\":{\"a\":\"x\"}}],\"d\":\"x\"}";
    byte[] changed =
        Rewriting.texts(
            bytes(json), "a", text -> text.equals("x") ? Optional.of("1") : Optional.empty());
    assertThat(text(changed))
        .isEqualTo("{\"a\":1,\"b\":[{\"a\":\"y\"},{\"c\":{\"a\":1}}],\"d\":\"x\"}");
  }

  @Test
  void extensionsInArraysGetNullsBesideThem() {
    assertThat(text(Rewriting.completed(bytes("{\"x\":{\"_a\":[null,{\"id\":\"1\"}]}}"))))
        .isEqualTo("{\"x\":{\"a\":[null,null],\"_a\":[null,{\"id\":\"1\"}]}}");
    for (String json :
        new String[] {
          "{\"a\":[\"v\"],\"_a\":[{\"id\":\"1\"}]}", "{\"_a\":{\"id\":\"1\"}}", "{\"a\":[null]}"
        }) {
      byte[] same = bytes(json);
      assertThat(Rewriting.completed(same)).isSameAs(same);
    }
  }

  @Test
  void nullsRightBeforeExtensionsAreTakenAway() {
    assertThat(
            text(
                Rewriting.reduced(
                    bytes("{\"x\":{\"a\":[null, null],\"_a\":[null,{\"id\":\"1\"}]}}"))))
        .isEqualTo("{\"x\":{\"_a\":[null,{\"id\":\"1\"}]}}");
    for (String json :
        new String[] {
          "{\"a\":[null,\"v\"],\"_a\":[{\"id\":\"1\"},null]}",
          "{\"a\":[null],\"b\":1,\"_a\":[{}]}",
          "{\"a\":\"n\",\"_a\":{\"id\":\"1\"}}"
        }) {
      byte[] same = bytes(json);
      assertThat(Rewriting.reduced(same)).isSameAs(same);
    }
  }

  @Test
  void whatStandsForDataIsFoundWithItsType() {
    String json =
        "{\"content\":[{\"attachment\":{\"contentType\":\"text/plain\","
            + DATA.member()
            + "}},{}]}";
    assertThat(AttachedText.in(bytes(json)))
        .containsExactly(new Attached(DATA.name(), 7, DATA.hash(), Optional.of("text/plain")));
    assertThat(AttachedText.in(bytes(json.replace("data-0", "data-x")))).isEmpty();
    assertThat(AttachedText.in(bytes(json.replace("attached-data", "other")))).isEmpty();
    assertThat(AttachedText.in(bytes("{\"_data\":[null],\"a\":{\"_data\":{\"id\":\"1\"}}}")))
        .isEmpty();
  }

  @Test
  void tokensStandForDataAndAreFoundAgain() {
    String json = "{\"a\":{" + DATA.member() + "}}";
    Tokens tokens = Tokens.of(bytes(json), Set.of(DATA.name()));
    String token = tokens.texts().firstEntry().getKey();
    assertThat(text(tokens.json())).isEqualTo("{\"a\":{\"data\":\"" + token + "\"}}");
    assertThat(text(tokens.restore(bytes("{\"b\":[{\"data\": \"" + token + "\"}]}"))))
        .isEqualTo("{\"b\":[{" + DATA.member() + "}]}");
    assertThat(Tokens.of(bytes(json), Set.of()).texts()).as("what is not there").isEmpty();
  }

  @Test
  void placesThatListsNameAreTakenForTheData() {
    String url = "http://x/fhir/db/DocumentReference/1/$attachment/" + DATA.name();
    String json = "{\"a\":{\"url\":\"" + url + "\",\"size\":7}}";
    assertThat(AttachedText.mentionsPlace(bytes(json))).isTrue();
    assertThat(text(AttachedText.taken(bytes(json), List.of(ref(DATA.name())))))
        .isEqualTo("{\"a\":{" + DATA.member() + ",\"size\":7}}");
    assertThat(text(AttachedText.taken(bytes(json), List.of(ref("content"))))).isEqualTo(json);
    String both = "{\"url\":\"" + url + "\",\"data\":\"aGk=\"}";
    assertThat(text(AttachedText.taken(bytes(both), List.of(ref(DATA.name()))))).isEqualTo(both);
    assertThat(AttachedText.mentionsPlace(bytes("{\"url\":\"http://x/$attach\"}"))).isFalse();
  }
}
