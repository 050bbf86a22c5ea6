package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.document.BadDocumentException.Kind;

class DocumentReaderTest {
  private static IncomingDocument read(String json) {
    return DocumentReader.read(json.getBytes(UTF_8), DocumentLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{}",
        "{\"_id\":\"x\"}|{}",
        "{\"_id\":\"x\",\"a\":1.10}|{\"a\":1.10}",
        "{\"a\":1,\"_id\":\"x\"}|{\"a\":1}",
        "{\"a\":1, \"_id\":\"x\" , \"b\" : \"ü\\u00fc\" }|{\"a\":1, \"b\" : \"ü\\u00fc\"}",
        "{\"a\":{\"_id\":3},\"_rev\":\"1-a\",\"_deleted\":false,\"é\":[1,{\"x\":\"}\"}]}"
            + "|{\"a\":{\"_id\":3},\"é\":[1,{\"x\":\"}\"}]}",
        "{\"n\":100000000000000000000000000000000000001e-7}|{\"n\":100000000000000000000000000000000000001e-7}",
        "{\"_attachments\":{\"a\":{\"data\":\"}]\"}},\"z\":null}|{\"z\":null}",
      })
  void cutsUnderscoreMembersAndKeepsEveryOtherByte(String in, String body) {
    assertThat(read(in).body()).hasToString(body);
  }

  @Test
  void readsTheMembersThatHaveAMeaning() {
    IncomingDocument document =
        read(
            "{\"_id\":\"x\",\"_rev\":\"2-b\",\"_deleted\":true,\"_revisions\":"
                + "{\"start\":2,\"ids\":[\"b\",\"a\"]},\"_attachments\":{\"f\":{\"stub\":true}},\"v\":1}");
    assertThat(document.id()).contains("x");
    assertThat(document.rev()).hasToString("Optional[2-b]");
    assertThat(document.deleted()).isTrue();
    assertThat(document.revisions().orElseThrow().revisions()).hasToString("[2-b, 1-a]");
    assertThat(new String(document.attachments().orElseThrow(), UTF_8))
        .isEqualTo("{\"f\":{\"stub\":true}}");
    assertThat(document.body()).hasToString("{\"v\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":tru}"
      })
  void refusesBrokenJson(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            BadDocumentException.class,
            e -> assertThat(e.kind()).isIn(Kind.BAD_JSON, Kind.NOT_AN_OBJECT));
  }

  @Test
  void refusesMalformedUtf8() {
    byte[] json = "{\"a\":\"xx\"}".getBytes(UTF_8);
    json[6] = (byte) 0xc0;
    json[7] = (byte) 0x80;
    assertThatThrownBy(() -> DocumentReader.read(json, DocumentLimits.DEFAULT))
        .hasMessageContaining("malformed UTF-8 at byte 6");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(600) + "]".repeat(600) + "}";
    assertThatThrownBy(() -> read(deep)).hasMessageContaining("nesting");
  }

  @Test
  void refusesUnknownUnderscoreMembers() {
    assertThatThrownBy(() -> read("{\"_foo\":1}")).hasMessage("Bad special document member: _foo");
  }

  @Test
  void keepsTheMembersThatReplicatorsWrite() {
    assertThat(read("{\"_id\":\"x\",\"_replication_state\":\"failed\",\"a\":1}").body())
        .hasToString("{\"_replication_state\":\"failed\",\"a\":1}");
  }

  @Test
  void refusesBodiesBeyondTheLimit() {
    assertThatThrownBy(
            () ->
                DocumentReader.read(
                    "{\"a\":\"12345678\"}".getBytes(UTF_8), new DocumentLimits(10, 5)))
        .isInstanceOfSatisfying(
            BadDocumentException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
  }

  @Test
  void readsABulkInOnePass() {
    List<String> seen = new ArrayList<>();
    DocumentReader.readBulk(
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"v\":1},{\"v\":2}, {\"_id\":\"c\"}],\"x\":[1]}"
            .getBytes(UTF_8),
        DocumentLimits.DEFAULT,
        new DocumentReader.BulkVisitor() {
          @Override
          public void document(IncomingDocument document) {
            seen.add(document.id().orElse("-") + document.body());
          }

          @Override
          public void option(String name, boolean value) {
            seen.add(name + value);
          }
        });
    assertThat(seen).containsExactly("new_editsfalse", "a{\"v\":1}", "-{\"v\":2}", "c{}");
  }
}
