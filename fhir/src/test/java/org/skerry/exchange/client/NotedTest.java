package org.skerry.exchange.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NotedTest {
  private static Noted noted(String url, String body, String answer) {
    Call call = Call.with("POST", URI.create(url), "application/json", bytes(body));
    return Noted.of(call, 200, bytes(answer));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatLooksLikeASecretIsNotKept() {
    Noted noted =
        noted(
            "http://x/y?a=1&access_token=abc&b=2",
            "{\"name\":\"n\",\"Password\" : \"a\\\"b\",\"apiKey\":\"k\"}",
            "{\"refresh_token\":\"r\",\"family\":\"Okafor\"}");
    assertThat(noted.url()).isEqualTo("http://x/y?a=1&access_token=…&b=2");
    assertThat(noted.request().orElse(""))
        .isEqualTo("{\"name\":\"n\",\"Password\" : \"…\",\"apiKey\":\"…\"}");
    assertThat(noted.answer().orElse("")).contains("Okafor").doesNotContain("\"r\"");
  }

  @Test
  void longBodiesAreCutAndSaySo() {
    Noted noted = noted("http://x", "x".repeat(100_000), "");
    assertThat(noted.request().orElse("")).hasSizeLessThan(20_000).endsWith("(100000 bytes)");
    assertThat(noted.answer()).isEmpty();
  }

  @Test
  void onlyTheLastRequestsOfARecordAreKept() {
    Notes notes = new Notes();
    RecordId id = RecordId.parse("Patient/1").orElseThrow();
    notes.about(id);
    for (int i = 0; i < 20; i++) {
      notes.add(noted("http://x/" + i, "", ""));
    }
    assertThat(notes.take(id)).hasSize(8).last().extracting(Noted::url).isEqualTo("http://x/19");
    assertThat(notes.take(id)).isEmpty();
    notes.aboutNone();
    notes.add(noted("http://x", "", ""));
    assertThat(notes.take(id)).isEmpty();
  }
}
