package org.skerry.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForgettingFactoryTest {
  /** More than Jackson would ever keep. */
  private static final int MANY = 20_000;

  private final ForgettingFactory factory = new ForgettingFactory(JsonFactory.builder());
  private final JsonMapper mapper = JsonMapper.builder(factory).build();

  private static String text(int n, int length) {
    return "{\"" + n + "-" + "x".repeat(length) + "\":" + n + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The most that was remembered at any time. */
  private int most(int times, IntConsumer read) {
    int most = 0;
    for (int n = 0; n < times; n++) {
      read.accept(n);
      most = Math.max(most, factory.remembered());
    }
    return most;
  }

  @Test
  void namesAreForgottenAfterAWhile() {
    int length = 20_000;
    int atOnce = 1 + ForgettingFactory.AT_ONCE / length;
    assertThat(most(500, n -> mapper.readTree(utf8(text(n, length))))).isBetween(1, atOnce);
    assertThat(most(500, n -> mapper.readTree(text(n, length)))).isBetween(1, 2 * atOnce);
  }

  @Test
  void shortNamesAreForgottenToo() {
    assertThat(most(MANY, n -> mapper.readTree(utf8(text(n, 200)))))
        .isBetween(1, 1 + ForgettingFactory.AT_ONCE / 200);
  }

  @Test
  void namesOfLongTextsAndOfStreamsAreNotRemembered() {
    String longText = text(7, 1) + " ".repeat(ForgettingFactory.LONGEST);
    mapper.readTree(utf8(longText));
    mapper.readTree(new ByteArrayInputStream(utf8(text(7, 1))));
    mapper.readTree(new StringReader(text(7, 1)));
    mapper.readTree(longText);
    assertThat(factory.remembered()).isZero();
  }

  @Test
  void whatComesAgainIsRemembered() {
    assertThat(most(1_000, n -> mapper.readTree(utf8("{\"a\":1,\"b\":[{\"a\":2}]}")))).isEqualTo(2);
  }

  @Test
  void itReadsAsJacksonDoes() {
    JsonMapper usual = new JsonMapper();
    for (String text :
        new String[] {"{\"é\":[1,2.50,null,{\"a\":\"\\u00e9\"}]}", "[]", "7", "", "\"x\""}) {
      JsonNode expected = usual.readTree(text);
      assertThat(mapper.readTree(text)).isEqualTo(expected);
      assertThat(mapper.readTree(utf8(text))).isEqualTo(expected);
      assertThat(mapper.readTree(new ByteArrayInputStream(utf8(text)))).isEqualTo(expected);
      assertThat(mapper.readTree(new StringReader(text))).isEqualTo(expected);
    }
    for (byte[] bad :
        new byte[][] {utf8("{\"a\""), utf8("{\"a\":01}"), {'"', (byte) 0xc3, '"'}, utf8("nul")}) {
      assertThatThrownBy(() -> usual.readTree(bad)).isInstanceOf(JacksonException.class);
      assertThatThrownBy(() -> mapper.readTree(bad)).isInstanceOf(JacksonException.class);
    }
  }

  @Test
  void aTextHasNoMoreValuesThanAreHeld() {
    byte[] lists = utf8("[" + "[],".repeat(1_500_000) + "0]");
    JsonMapper limited = JsonIn.builder(JsonIn.limited()).build();
    assertThatThrownBy(() -> limited.readTree(lists)).hasMessageContaining("2000000");
    assertThat(JsonIn.mapper().readTree(lists).size()).isEqualTo(1_500_001);
  }

  @Test
  void itsMakersWishesHold() {
    JsonMapper strict =
        JsonIn.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
            .build();
    byte[] twice = utf8("{\"a\":1,\"a\":2}");
    assertThatThrownBy(() -> strict.readTree(twice)).hasMessageContaining("Duplicate");
    assertThat(JsonIn.mapper().readTree(twice).size()).isOne();
    byte[] deep = utf8("[".repeat(2_000) + "]".repeat(2_000));
    assertThatThrownBy(() -> JsonIn.mapper().readTree(deep)).hasMessageContaining("depth");
    assertThat(JsonIn.builder(JsonIn.unlimited()).build().readTree(deep).isArray()).isTrue();
  }
}
