package org.skerry.atom;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry of a feed, as it was published: everything that readers see of it stands in it, so that
 * a category's later settings change no older page.
 *
 * @param uuid the entry's id; made from its place and what it tells, so that the same event made
 *     again after a crash is the same
 * @param at when it was numbered, by this node's clock; only shown
 * @param content JSON: names of links, and where they lead
 * @param filter what readers may filter by
 */
record Event(
    UUID uuid,
    String title,
    Action action,
    Instant at,
    DocId document,
    RevId rev,
    String content,
    Optional<String> filter) {

  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** The id of the entry that stands there and tells of that revision. */
  static UUID uuid(String category, Place place, DocId document, RevId rev) {
    String name = place.id(category) + '\n' + document.text() + '\n' + rev;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** As it is kept. */
  Body encode() {
    return Body.ofTrusted(
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("uuid", uuid.toString());
              out.writeStringProperty("title", title);
              out.writeStringProperty("action", action.name());
              out.writeStringProperty("at", at.toString());
              out.writeStringProperty("document", document.text());
              out.writeStringProperty("rev", rev.toString());
              out.writeStringProperty("content", content);
              filter.ifPresent(text -> out.writeStringProperty("filter", text));
              out.writeEndObject();
            }));
  }

  /** Reads what {@link #encode} wrote. */
  static Event decode(Body body) {
    JsonNode json = MAPPER.readTree(body.json());
    return new Event(
        UUID.fromString(json.path("uuid").asString()),
        json.path("title").asString(),
        Action.valueOf(json.path("action").asString()),
        Instant.parse(json.path("at").asString()),
        DocId.of(json.path("document").asString()),
        RevId.parse(json.path("rev").asString()),
        json.path("content").asString(),
        Optional.ofNullable(json.get("filter")).map(JsonNode::asString));
  }
}
