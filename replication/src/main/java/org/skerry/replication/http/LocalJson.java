package org.skerry.replication.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.document.JsonScanner;
import org.skerry.json.JsonIn;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.wire.JsonOut;
import org.skerry.wire.RawJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Local documents as requests and answers carry them. */
final class LocalJson {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final byte[] REV = "_rev".getBytes(StandardCharsets.US_ASCII);

  private LocalJson() {}

  /**
   * Reads an answer; nothing where it is no object, or has no revision: then a replication begins
   * anew, which is always right.
   *
   * @param updateSeq where the feed ends, if the answer says so
   * @throws OddAnswerException when it is broken JSON
   */
  static Optional<LocalRevision> read(byte[] json, Optional<String> updateSeq)
      throws OddAnswerException {
    try {
      return rev(JsonScanner.ofAnswer(json)).map(rev -> new LocalRevision(rev, json, updateSeq));
    } catch (BadDocumentException e) {
      throw new OddAnswerException(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> rev(JsonScanner scanner) {
    Optional<String> rev = Optional.empty();
    if (scanner.peek() == JsonScanner.END) {
      return rev;
    }
    if (scanner.peek() != '{') {
      scanner.skipValue();
      scanner.end();
      return rev;
    }
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      if (scanner.isNamed("_rev", REV) && scanner.peek() == '"') {
        rev = Optional.of(scanner.string());
      } else {
        scanner.skipValue();
      }
    }
    scanner.end();
    return rev;
  }

  /** The members with id and revision before them. */
  static byte[] write(DocId id, Optional<String> rev, byte[] members) {
    JsonNode root = MAPPER.readTree(members);
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("_id", id.text());
          rev.ifPresent(seen -> out.writeStringProperty("_rev", seen));
          root.properties()
              .forEach(
                  member -> {
                    out.writeName(member.getKey());
                    out.writeRawValue(RawJson.of(MAPPER.writeValueAsBytes(member.getValue())));
                  });
          out.writeEndObject();
        });
  }
}
