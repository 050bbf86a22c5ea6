package org.skerry.replication.http;

import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.wire.JsonOut;
import org.skerry.wire.RawJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Local documents as requests and answers carry them. */
final class LocalJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private LocalJson() {}

  static Optional<LocalRevision> read(byte[] json) {
    JsonNode root = MAPPER.readTree(json);
    return root.path("_rev").isString()
        ? Optional.of(new LocalRevision(root.path("_rev").asString(), json))
        : Optional.empty();
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
