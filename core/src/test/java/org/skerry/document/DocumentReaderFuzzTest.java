package org.skerry.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.revision.RevId;
import org.skerry.testing.Seeded;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The splitter against a parser that builds trees: on good documents, and on what damage makes of
 * them.
 */
@ExtendWith(Seeded.class)
class DocumentReaderFuzzTest {
  private static final JsonMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static JsonNode tree(byte[] json) {
    return TREES.readTree(json);
  }

  /** The body's and the special members' trees are the original's, in its order. */
  private static void assertSplit(byte[] json, IncomingDocument document) {
    ObjectNode original = (ObjectNode) tree(json);
    List<String> names = new ArrayList<>(original.propertyNames());
    names.removeIf(name -> name.startsWith("_"));
    JsonNode body = tree(document.body().json());
    assertThat(body.propertyNames()).containsExactlyElementsOf(names);
    assertThat(document.id())
        .isEqualTo(Optional.ofNullable(original.get("_id")).map(JsonNode::stringValue));
    assertThat(document.rev())
        .isEqualTo(
            Optional.ofNullable(original.get("_rev")).map(JsonNode::stringValue).map(RevId::parse));
    assertThat(document.deleted())
        .isEqualTo(original.has("_deleted") && original.get("_deleted").booleanValue());
    assertThat(document.attachments().map(DocumentReaderFuzzTest::tree))
        .isEqualTo(Optional.ofNullable(original.get("_attachments")));
    assertThat(document.revisions().isPresent()).isEqualTo(original.has("_revisions"));
    original.remove(original.propertyNames().stream().filter(n -> n.startsWith("_")).toList());
    assertThat(body).isEqualTo(original);
    assertThat(DocumentReader.readBody(document.body().json())).isEqualTo(document.body());
  }

  @Test
  void goodDocumentsAreSplit(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 5_000; round++) {
      byte[] json = texts.spaced(texts.document()).getBytes(UTF_8);
      assertSplit(json, DocumentReader.read(json, DocumentLimits.DEFAULT));
    }
  }

  @Test
  void whatHasNoUnderscoreMembersIsKeptByteForByte(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 5_000; round++) {
      String json = texts.spaced(texts.body());
      assertThat(DocumentReader.read(json.getBytes(UTF_8), DocumentLimits.DEFAULT).body())
          .hasToString(json.strip());
    }
  }

  @Test
  void everyValueKeepsItsSpelling(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 5_000; round++) {
      List<String> tokens = texts.document();
      IncomingDocument document =
          DocumentReader.read(texts.spaced(tokens).getBytes(UTF_8), DocumentLimits.DEFAULT);
      IncomingDocument compact =
          DocumentReader.read(JsonTexts.compact(tokens).getBytes(UTF_8), DocumentLimits.DEFAULT);
      assertThat(RevisionHash.next(Optional.empty(), false, document.body(), List.of()))
          .as("only white space differs")
          .isEqualTo(RevisionHash.next(Optional.empty(), false, compact.body(), List.of()));
    }
  }

  @Test
  void damagedDocumentsAreRefusedOrAreOtherDocuments(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    int accepted = 0;
    for (int round = 0; round < 10_000; round++) {
      byte[] json = damaged(texts.spaced(texts.document()).getBytes(UTF_8), random);
      Optional<IncomingDocument> document = readOrRefused(json);
      if (document.isPresent() && hasNumbersThatFit(json)) {
        assertSplit(json, document.get());
        accepted++;
      }
    }
    assertThat(accepted).as("not everything is refused").isPositive();
  }

  /**
   * The tree parser has no numbers of a million digits, and says so in a way of its own; we keep
   * their text.
   */
  private static boolean hasNumbersThatFit(byte[] json) {
    try {
      tree(json);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A revision's name is checked when somebody asks for it: here at once. */
  private static Optional<IncomingDocument> readOrRefused(byte[] json) {
    try {
      IncomingDocument document = DocumentReader.read(json, DocumentLimits.DEFAULT);
      assertThat(document.rev().isPresent()).isEqualTo(document.revText().isPresent());
      return Optional.of(document);
    } catch (BadDocumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  static byte[] damaged(byte[] bytes, SplittableRandom random) {
    byte[] damaged = bytes;
    for (int changes = 1 + random.nextInt(3); changes > 0 && damaged.length > 0; changes--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(4)) {
        case 0 -> damaged = Arrays.copyOf(damaged, at);
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        case 2 -> damaged[at] = (byte) "{}[]\",:_\\0e-. t".charAt(random.nextInt(15));
        default -> {
          int to = at + random.nextInt(damaged.length - at);
          byte[] shorter = Arrays.copyOf(damaged, damaged.length - (to - at));
          System.arraycopy(damaged, to, shorter, at, damaged.length - to);
          damaged = shorter;
        }
      }
    }
    return damaged;
  }

  @Test
  void whatATreeParserRefusesIsRefused(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 10_000; round++) {
      byte[] json = damaged(texts.spaced(texts.body()).getBytes(UTF_8), random);
      if (!isReadable(json)) {
        assertThat(readOrRefused(json)).as(new String(json, UTF_8)).isEmpty();
      }
    }
  }

  private static boolean isReadable(byte[] json) {
    try {
      return tree(json).isObject();
    } catch (JacksonException e) {
      return false;
    } catch (NumberFormatException tooLargeForTrees) {
      return true;
    }
  }

  @Test
  void bulksAreVisitedWholeAndDamagedOnesRefused(SplittableRandom random) {
    JsonTexts texts = new JsonTexts(random);
    for (int round = 0; round < 3_000; round++) {
      List<String> documents = new ArrayList<>();
      for (int count = random.nextInt(5); count > 0; count--) {
        documents.add(texts.spaced(texts.document()));
      }
      String json =
          "{\"new_edits\": false, \"x\":[{}], \"docs\":[" + String.join(",", documents) + "]}";
      List<IncomingDocument> read = bulk(json.getBytes(UTF_8));
      assertThat(read).hasSize(documents.size());
      for (int i = 0; i < read.size(); i++) {
        assertSplit(documents.get(i).getBytes(UTF_8), read.get(i));
      }
      try {
        bulk(damaged(json.getBytes(UTF_8), random));
      } catch (BadDocumentException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  private static List<IncomingDocument> bulk(byte[] json) {
    List<IncomingDocument> read = new ArrayList<>();
    DocumentReader.readBulk(
        json,
        DocumentLimits.DEFAULT,
        new DocumentReader.BulkVisitor() {
          @Override
          public void document(IncomingDocument document) {
            read.add(document);
          }

          @Override
          public void option(String name, boolean value) {
            assertThat(name).isNotNull();
          }
        });
    return read;
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16,
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"))) {
      assertThat(readOrRefused("{\"a\":1}".getBytes(charset))).as(charset.name()).isEmpty();
    }
    assertThat(readOrRefused("\ufeff{\"a\":1}".getBytes(UTF_8))).as("byte order mark").isEmpty();
  }

  @Test
  void escapedUnderscoresAreUnderscores() {
    IncomingDocument document =
        DocumentReader.read(
            "{\"a\":1,\"\\u005fid\":\"x\",\"b\":2}".getBytes(UTF_8), DocumentLimits.DEFAULT);
    assertThat(document.id()).contains("x");
    assertThat(document.body()).hasToString("{\"a\":1,\"b\":2}");
  }

  @Test
  void theEdgesOfNumbersAndRevisionsAreRefusedPolitely() {
    for (String json :
        List.of(
            "{\"_revisions\":{\"start\":99999999999999999999,\"ids\":[\"a\"]}}",
            "{\"_revisions\":{\"start\":2147483647,\"ids\":[]}}",
            "{\"_revisions\":{\"start\":-1,\"ids\":[\"a\"]}}",
            "{\"_revisions\":{\"start\":1,\"ids\":[\"b\",\"a\"]}}",
            "{\"_revisions\":{\"start\":1.0,\"ids\":[\"a\"]}}",
            "{\"_revisions\":{\"ids\":[\"a\"]}}",
            "{\"_revisions\":{\"start\":1}}",
            "{\"_revisions\":{\"start\":1,\"ids\":[\"a\"],\"more\":1}}",
            "{\"_revisions\":{\"start\":1,\"ids\":[\"a\",1]}}",
            "{\"_rev\":\"\"}",
            "{\"_rev\":\"1\"}",
            "{\"_rev\":\"0-a\"}",
            "{\"_rev\":\"99999999999-a\"}",
            "{\"_rev\":1}",
            "{\"_deleted\":\"true\"}",
            "{\"_attachments\":[]}",
            "{\"_id\":1}",
            "{\"_unknown\":1}",
            "{\"_\":1}")) {
      assertThat(readOrRefused(json.getBytes(UTF_8))).as(json).isEmpty();
    }
  }

  @Test
  void depthAndSizeAreLimited() {
    DocumentLimits limits = new DocumentLimits(100, 10);
    String deep = "{\"a\":" + "[".repeat(9) + "]".repeat(9) + "}";
    assertThat(DocumentReader.read(deep.getBytes(UTF_8), limits).body()).hasToString(deep);
    String deeper = "{\"a\":" + "[".repeat(10) + "]".repeat(10) + "}";
    assertThat(kind(deeper, limits)).isEqualTo(BadDocumentException.Kind.BAD_JSON);
    String deepest = "{\"a\":" + "[".repeat(1_000_000);
    assertThat(kind(deepest, DocumentLimits.DEFAULT)).isEqualTo(BadDocumentException.Kind.BAD_JSON);
    String large = "{\"a\":\"" + "x".repeat(91) + "\"}";
    assertThat(DocumentReader.read(large.getBytes(UTF_8), new DocumentLimits(99, 10)).body())
        .hasToString(large);
    assertThat(kind(large, new DocumentLimits(98, 10)))
        .isEqualTo(BadDocumentException.Kind.TOO_LARGE);
    String special = "{\"_id\":\"" + "x".repeat(500) + "\",\"a\":\"" + "x".repeat(91) + "\"}";
    assertThat(DocumentReader.read(special.getBytes(UTF_8), new DocumentLimits(99, 10)).body())
        .as("underscore members are not counted")
        .hasToString(large);
  }

  private static BadDocumentException.Kind kind(String json, DocumentLimits limits) {
    try {
      DocumentReader.read(json.getBytes(UTF_8), limits);
    } catch (BadDocumentException e) {
      return e.kind();
    }
    throw new AssertionError("accepted: " + json);
  }
}
