package org.skerry.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Parameters.Parameter;
import org.skerry.testing.Seeded;
import tools.jackson.databind.json.JsonMapper;

/** Formats, tags and parameters as clients write them, and JSON spread for people. */
@ExtendWith(Seeded.class)
class RequestPartsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          json | JSON
          XML | XML
          ' application/fhir+json ' | JSON
          application/fhir json | JSON
          Application/FHIR+XML; charset=utf-8; fhirVersion=4.0 | XML
          application/json;q=0.1 | JSON
          text/xml | XML
          application/json+fhir | JSON
          """)
  void aFormatHasManyNames(String mediaType, Format format) {
    assertThat(Formats.of(mediaType)).contains(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "ttl",
        "text/turtle",
        "application/",
        "*/*",
        "json,xml",
        "application/fhir+json/x",
        "jso\0n",
        "\u0130son",
        "application/octet-stream"
      })
  void whatIsNoFormatIsNone(String mediaType) {
    assertThat(Formats.of(mediaType)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          W/"1-a" | 1-a
          "1-a" | 1-a
          1-a | 1-a
          ~  W/"1-a"  ~ | 1-a
          "" | ~~
          W/ | ~~
          w/"1-a" | w/1-a
          """)
  void aTagNamesAVersion(String tag, String version) {
    assertThat(Tags.version(tag)).isEqualTo(version);
  }

  @Test
  void timesAreShownAsHeadersHaveThem() {
    assertThat(Tags.httpDate(Instant.parse("2026-05-06T07:08:09.999Z")))
        .isEqualTo("Wed, 6 May 2026 07:08:09 GMT");
  }

  @Test
  void parametersKeepTheirOrderAndAreDecoded() {
    Parameters read = Parameters.parse("a=1&b=%C3%A4+x&a=2&&c&=v&d=1=2&%61=3");
    assertThat(read.list())
        .containsExactly(
            new Parameter("a", "1"),
            new Parameter("b", "ä x"),
            new Parameter("a", "2"),
            new Parameter("c", ""),
            new Parameter("", "v"),
            new Parameter("d", "1=2"),
            new Parameter("a", "3"));
    assertThat(read.first("a")).contains("1");
    assertThat(read.all("a")).containsExactly("1", "2", "3");
    assertThat(read.first("A")).isEmpty();
    assertThat(Parameters.parse("").list()).isEmpty();
    assertThat(Parameters.parse("&&").list()).isEmpty();
    assertThat(Parameters.parse("a=1").with(Parameters.parse("b=2")).list()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "%zz=1", "a=1&b=%-1", "a=%u0041"})
  void whatIsNotPercentEncodedIsRefused(String query) {
    OutcomeException refused =
        catchThrowableOfType(OutcomeException.class, () -> Parameters.parse(query));
    assertThat(refused).as(query).isNotNull();
    assertThat(refused.status()).isEqualTo(400);
  }

  /** Only what stands between tokens changes, digits and texts do not. */
  @RepeatedTest(100)
  void whatIsSpreadIsTheSame(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    json(text, random, 4);
    String spread =
        new String(
            Pretty.of(text.toString().getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    assertThat(bare(spread)).isEqualTo(bare(text.toString()));
    assertThat(new JsonMapper().readTree(spread))
        .isEqualTo(new JsonMapper().readTree(text.toString()));
    assertThat(spread).endsWith("\n").doesNotStartWith("\n");
  }

  /** Without white space outside of texts. */
  private static String bare(String json) {
    return json.replaceAll("(\"(?:[^\"\\\\]|\\\\.)*+\")|\\s+", "$1");
  }

  private static void json(StringBuilder text, SplittableRandom random, int depth) {
    List<String> words =
        List.of("1.50", "-0", "null", "\"\"", "\"a\\\"}\"", "\"\\\\\"", "\"[,:{ ä😀\"", "[]", "{}");
    if (depth == 0 || random.nextInt(4) == 0) {
      text.append(words.get(random.nextInt(words.size())));
      return;
    }
    boolean list = random.nextBoolean();
    text.append(list ? "[" : "{");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : random.nextBoolean() ? "," : " , ");
      text.append(list ? "" : "\"n\\\"" + i + "\" :");
      json(text, random, depth - 1);
    }
    text.append(list ? "]" : "}");
  }
}
