package org.skerry.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.store.AttachmentStore;
import org.skerry.store.MemoryStore;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class AttachmentsJsonTest {
  private final AttachmentStore store = new MemoryStore().create("db").orElseThrow().attachments();

  private static List<AttachmentDraft> read(String attachments) {
    byte[] document =
        ("{\"_id\":\"x\",\"_attachments\":" + attachments + ",\"a\":1}")
            .getBytes(StandardCharsets.UTF_8);
    return AttachmentsJson.read(
        DocumentReader.read(document, DocumentLimits.DEFAULT).attachments().orElseThrow());
  }

  private static String inline(String base64) {
    return "{\"a\":{\"data\":\"" + base64 + "\"}}";
  }

  private static byte[] bytes(AttachmentDraft draft) throws IOException {
    try (InputStream in = ((AttachmentDraft.Inline) draft).open()) {
      return in.readAllBytes();
    }
  }

  private static String text(AttachmentDraft draft) throws IOException {
    return new String(bytes(draft), StandardCharsets.UTF_8);
  }

  @Test
  void anInlineAttachmentIsDecodedWhenItIsRead() throws IOException {
    AttachmentDraft draft =
        read("{\"a.txt\":{\"content_type\":\"text/plain\",\"revpos\":3,\"data\":\"aGVsbG8=\"}}")
            .getFirst();
    assertThat(draft)
        .isInstanceOfSatisfying(
            AttachmentDraft.Inline.class,
            inline -> {
              assertThat(inline.name()).isEqualTo("a.txt");
              assertThat(inline.contentType()).isEqualTo("text/plain");
              assertThat(inline.announced().revpos()).isEqualTo(3);
            });
    assertThat(text(draft)).isEqualTo("hello");
    assertThat(text(draft)).as("read again").isEqualTo("hello");
  }

  @Test
  void aTypeThatNobodyNamedIsTheDefault() {
    assertThat(read(inline("")).getFirst())
        .isInstanceOfSatisfying(
            AttachmentDraft.Inline.class,
            draft -> assertThat(draft.contentType()).isEqualTo("application/octet-stream"));
  }

  @Test
  void base64MayBeBrokenIntoLinesAndEscaped() throws IOException {
    assertThat(text(read(inline("aGVs\\nbG8=\\r\\n")).getFirst())).isEqualTo("hello");
    assertThat(text(read(inline(" aGVs bG8 =")).getFirst())).isEqualTo("hello");
    assertThat(bytes(read(inline("\\/\\/8\\u003d")).getFirst())).containsExactly(0xff, 0xff);
    assertThat(bytes(read(inline("\\u002b\\u002B++")).getFirst()))
        .isEqualTo(Base64.getDecoder().decode("++++"));
    assertThat(bytes(read(inline("")).getFirst())).isEmpty();
  }

  @Test
  void anyLengthIsDecoded() throws IOException {
    Random random = new Random(7);
    for (int length : new int[] {1, 2, 3, 4, 12_287, 12_288, 12_289, 100_000, 1_000_001}) {
      byte[] expected = new byte[length];
      random.nextBytes(expected);
      String base64 = Base64.getMimeEncoder().encodeToString(expected).replace("\r\n", "\\n");
      assertThat(bytes(read(inline(base64)).getFirst())).as("%s", length).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "aG",
        "aGV",
        "aGVsbG8",
        "aGVs!G8=",
        "=",
        "====",
        "aG==aG==",
        "aGVsbG8=a",
        "aGVs-_8=",
        "\\u00e9aGV",
        "\u00e9aG",
        "\\\"aGV",
        "\\\\aGV"
      })
  void brokenBase64IsRefusedInCouchDbsWords(String base64) {
    AttachmentDraft draft = read(inline(base64)).getFirst();
    assertThatThrownBy(() -> bytes(draft))
        .isInstanceOf(BadAttachmentException.class)
        .hasMessage("Invalid attachment data for a");
  }

  @Test
  void aStubNeedsNothingButToSaySo() {
    assertThat(read("{\"a\":{\"stub\":true}}"))
        .containsExactly(new AttachmentDraft.Stub("a", Optional.empty(), Optional.empty()));
    assertThat(
            read(
                "{\"a\":{\"stub\":true,\"revpos\":2,\"digest\":\"md5-x\",\"length\":5,"
                    + "\"content_type\":\"t\",\"encoding\":\"deflate\",\"more\":{\"x\":[1]}}}"))
        .containsExactly(new AttachmentDraft.Stub("a", Optional.of(2), Optional.of("md5-x")));
  }

  @Test
  void anAttachmentThatFollowsSaysHowLongItsPartIs() {
    AttachmentDraft.Follows plain =
        (AttachmentDraft.Follows)
            read("{\"a\":{\"follows\":true,\"length\":5,\"digest\":\"md5-x\",\"stub\":false}}")
                .getFirst();
    assertThat(plain.storedLength()).isEqualTo(OptionalLong.of(5));
    assertThat(plain.announced().expectation())
        .isEqualTo(new Expectation(OptionalLong.of(5), Optional.of("md5-x")));
    AttachmentDraft.Follows packed =
        (AttachmentDraft.Follows)
            read("{\"a\":{\"follows\":true,\"length\":5000000000,\"encoding\":\"gzip\","
                    + "\"encoded_length\":3,\"revpos\":4}}")
                .getFirst();
    assertThat(packed.announced())
        .isEqualTo(
            new Announced(
                "a", "application/octet-stream", 4, Encoding.GZIP, Expectation.length(3)));
    assertThat(packed.length()).isEqualTo(OptionalLong.of(5_000_000_000L));
  }

  @Test
  void theirOrderIsKept() {
    assertThat(read("{\"z\":{\"follows\":true},\"a\":{\"follows\":true},\"m\":{\"stub\":true}}"))
        .extracting(AttachmentDraft::name)
        .containsExactly("z", "a", "m");
    assertThat(read("{}")).isEmpty();
  }

  @Test
  void aNameThatBeginsWithAnUnderscoreIsRefused() {
    assertThatThrownBy(() -> read("{\"_x\":{\"stub\":true}}"))
        .isInstanceOf(BadAttachmentException.class)
        .hasMessage("Attachment name '_x' starts with prohibited character '_'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "{\"a\":[]}",
        "{\"a\":{}}",
        "{\"a\":{\"data\":5}}",
        "{\"a\":{\"data\":null}}",
        "{\"a\":{\"stub\":\"true\"}}",
        "{\"a\":{\"stub\":true,\"revpos\":\"2\"}}",
        "{\"a\":{\"stub\":true,\"revpos\":-1}}",
        "{\"a\":{\"stub\":true,\"revpos\":1.5}}",
        "{\"a\":{\"stub\":true,\"revpos\":3000000000}}",
        "{\"a\":{\"follows\":true,\"length\":123456789012345678901234567890}}",
        "{\"a\":{\"follows\":true,\"encoding\":\"br\"}}",
        "{\"a\":{\"data\":\"\",\"content_type\":{}}}"
      })
  void whatNoAttachmentMaySayIsRefused(String attachments) {
    assertThatThrownBy(() -> read(attachments)).isInstanceOf(BadAttachmentException.class);
  }

  private AttachmentRef stored(String name, String text, Encoding encoding) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (encoding == Encoding.GZIP) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } else {
      bytes.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Announced announced = new Announced(name, "text/plain", 2, encoding, Expectation.NONE);
    try (IncomingAttachment incoming =
        new AttachmentIntake(store, Long.MAX_VALUE)
            .receive(announced, new ByteArrayInputStream(bytes.toByteArray()))) {
      return incoming.input().ref();
    }
  }

  private static String written(
      List<AttachmentRef> attachments, AttachmentForm form, boolean encodingInfo) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      AttachmentsJson.write(json, attachments, form, encodingInfo);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void stubsAreWrittenAsCouchDbDoes() throws IOException {
    AttachmentRef hello = stored("a", "hello", Encoding.IDENTITY);
    assertThat(written(List.of(hello), AttachmentForm.STUBS, true))
        .isEqualTo(
            "{\"a\":{\"content_type\":\"text/plain\",\"revpos\":2,"
                + "\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\",\"length\":5,\"stub\":true}}");
    assertThat(written(List.of(), AttachmentForm.STUBS, true)).isEqualTo("{}");
  }

  @Test
  void bytesAreWrittenDecodedWhereTheReaderLacksThem() throws IOException {
    AttachmentRef one = stored("a", "hello", Encoding.IDENTITY);
    AttachmentRef two = stored("b", "hello", Encoding.GZIP);
    AttachmentRef three = stored("c", "hello", Encoding.IDENTITY);
    AttachmentForm form = new AttachmentForm.Inline(store, ref -> !ref.name().equals("c"));
    assertThat(written(List.of(one, two, three), form, true))
        .isEqualTo(
            "{\"a\":{\"content_type\":\"text/plain\",\"revpos\":2,"
                + "\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\",\"data\":\"aGVsbG8=\"},"
                + "\"b\":{\"content_type\":\"text/plain\",\"revpos\":2,\"digest\":\""
                + two.digest()
                + "\",\"data\":\"aGVsbG8=\",\"encoding\":\"gzip\",\"encoded_length\":"
                + two.storedLength()
                + "},\"c\":{\"content_type\":\"text/plain\",\"revpos\":2,"
                + "\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\",\"length\":5,\"stub\":true}}");
  }

  @Test
  void whatFollowsIsAnnounced() throws IOException {
    AttachmentRef one = stored("a", "hello", Encoding.GZIP);
    AttachmentForm form = new AttachmentForm.Follows(ref -> true);
    String start =
        "{\"a\":{\"content_type\":\"text/plain\",\"revpos\":2,\"digest\":\""
            + one.digest()
            + "\",\"length\":5,\"follows\":true";
    assertThat(written(List.of(one), form, true))
        .isEqualTo(
            start + ",\"encoding\":\"gzip\",\"encoded_length\":" + one.storedLength() + "}}");
    assertThat(written(List.of(one), form, false)).isEqualTo(start + "}}");
    assertThat(written(List.of(one), new AttachmentForm.Follows(ref -> false), false))
        .contains("\"stub\":true");
  }

  @Test
  void whatIsWrittenInlineIsReadBack() throws IOException {
    List<AttachmentRef> refs = new ArrayList<>();
    String large = "long text ".repeat(50_000);
    refs.add(stored("small", "hello", Encoding.IDENTITY));
    refs.add(stored("large", large, Encoding.GZIP));
    String json = written(refs, new AttachmentForm.Inline(store, ref -> true), true);
    List<AttachmentDraft> drafts = read(json);
    assertThat(text(drafts.get(0))).isEqualTo("hello");
    assertThat(text(drafts.get(1))).isEqualTo(large);
  }
}
