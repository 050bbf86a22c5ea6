package org.skerry.subset;

import static java.util.stream.Collectors.toSet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.Expectation;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Author;
import org.skerry.database.ForeignRevision;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.AttachmentStore;
import org.skerry.store.LocalDocuments.LocalDocument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A held revision as it stands in a local document: {@code {"id","revisions","deleted","names",
 * "by":{"name","roles"},"since","doc","attachments"}}. The content is a text, since it has to come
 * out byte by byte; data of attachments stand in base64, because no revision names them in the
 * store.
 */
final class HeldRecord {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private HeldRecord() {}

  /** The local document of a revision: the same whenever it comes. */
  static DocId place(DocId id, RevId rev) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((rev + " " + id.text()).getBytes(StandardCharsets.UTF_8));
      return DocId.of("_local/" + HexFormat.of().formatHex(digest.digest(), 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Writes a revision down.
   *
   * @param room how many bytes there are for it
   * @return nothing when it is too large, or data of it are not here
   */
  static Optional<Body> encode(
      HeldOfSite.Early early, Author by, AttachmentStore store, long room) {
    ForeignRevision revision = early.revision();
    List<AttachmentRef> attachments = new ArrayList<>();
    long bytes = revision.body().json().length;
    for (AttachmentInput attachment : revision.attachments()) {
      if (!(attachment instanceof AttachmentInput.Stored(AttachmentRef ref))) {
        return Optional.empty();
      }
      attachments.add(ref);
      bytes += ref.storedLength();
    }
    if (bytes > room) {
      return Optional.empty();
    }
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", revision.id().text());
    ArrayNode path = json.putArray("revisions");
    revision.path().revisions().forEach(rev -> path.add(rev.toString()));
    json.put("deleted", revision.deleted());
    ArrayNode named = json.putArray("names");
    early.names().stream().map(DocId::text).sorted().forEach(named::add);
    write(by, json.putObject("by"));
    json.put("since", Instant.now().toString());
    json.put("doc", new String(revision.body().json(), StandardCharsets.UTF_8));
    ArrayNode list = json.putArray("attachments");
    for (AttachmentRef ref : attachments) {
      Optional<byte[]> data = data(store, ref);
      if (data.isEmpty()) {
        return Optional.empty();
      }
      list.addObject()
          .put("name", ref.name())
          .put("content_type", ref.contentType())
          .put("revpos", ref.revpos())
          .put("gzip", ref.encoding() == Encoding.GZIP)
          .put("data", data.get());
    }
    byte[] written = MAPPER.writeValueAsBytes(json);
    return written.length > room ? Optional.empty() : Optional.of(Body.ofTrusted(written));
  }

  private static void write(Author by, ObjectNode json) {
    by.name().ifPresent(name -> json.put("name", name));
    ArrayNode roles = json.putArray("roles");
    by.roles().stream().sorted().forEach(roles::add);
  }

  private static Optional<Author> author(JsonNode json) {
    return json.isObject()
        ? Optional.of(
            new Author(
                Optional.ofNullable(json.path("name").asString(null)),
                json.path("roles").valueStream().map(JsonNode::asString).collect(toSet())))
        : Optional.empty();
  }

  private static Optional<byte[]> data(AttachmentStore store, AttachmentRef ref) {
    Optional<InputStream> open = store.open(ref.blob(), 0);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = open.get()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream(Math.toIntExact(ref.storedLength()));
      in.transferTo(all);
      return Optional.of(all.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is remembered of a local document; nothing when it is not one of these. */
  static Optional<HeldRevision> entry(LocalDocument document) {
    try {
      JsonNode json = MAPPER.readTree(document.body().json());
      Set<DocId> names = new HashSet<>();
      json.path("names").forEach(name -> names.add(DocId.of(name.asString())));
      return Optional.of(
          new HeldRevision(
              document.id(),
              DocId.of(json.path("id").asString()),
              path(json).newest(),
              names,
              author(json.path("by")),
              document.body().json().length,
              json.path("since").asString("")));
    } catch (JacksonException | IllegalArgumentException | BadDocumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The revision, as it came; nothing when somebody changed the local document into something else.
   *
   * @param kept takes what holds its attachments in the store until it is written
   */
  static Optional<ForeignRevision> decode(
      LocalDocument document, AttachmentStore store, List<IncomingAttachment> kept) {
    try {
      JsonNode json = MAPPER.readTree(document.body().json());
      List<AttachmentInput> attachments = new ArrayList<>();
      for (JsonNode one : json.path("attachments")) {
        IncomingAttachment incoming = receive(one, store);
        kept.add(incoming);
        attachments.add(incoming.input());
      }
      return Optional.of(
          new ForeignRevision(
              DocId.of(json.path("id").asString()),
              path(json),
              json.path("deleted").asBoolean(),
              Body.parse(json.path("doc").asString()),
              attachments));
    } catch (JacksonException | IllegalArgumentException | BadDocumentException e) {
      return Optional.empty();
    }
  }

  private static IncomingAttachment receive(JsonNode json, AttachmentStore store) {
    Announced announced =
        new Announced(
            json.path("name").asString(),
            json.path("content_type").asString(),
            json.path("revpos").asInt(),
            json.path("gzip").asBoolean() ? Encoding.GZIP : Encoding.IDENTITY,
            Expectation.NONE);
    try {
      return new AttachmentIntake(store, Long.MAX_VALUE)
          .receive(announced, new ByteArrayInputStream(json.path("data").binaryValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RevPath path(JsonNode json) {
    List<RevId> path = new ArrayList<>();
    json.path("revisions").forEach(rev -> path.add(RevId.parse(rev.asString())));
    return new RevPath(path);
  }
}
