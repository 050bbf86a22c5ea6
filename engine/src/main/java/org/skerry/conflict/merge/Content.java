package org.skerry.conflict.merge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.wire.JsonOut;

/**
 * What a revision says: its body and its attachments.
 *
 * @param document both as one object, attachments as members of {@code _attachments}
 */
public record Content(Body body, List<AttachmentRef> attachments, Json.Members document) {
  /** The member that holds the attachments. */
  public static final String ATTACHMENTS = "_attachments";

  /** As FHIR resources have their large data. */
  private static final Pattern BY_CONTENT = Pattern.compile("data-[0-9a-f]{40}");

  /** What a document says that does not exist. */
  public static final Content NONE = of(Body.EMPTY, List.of());

  public Content {
    attachments = List.copyOf(attachments);
  }

  public static Content of(Body body, List<AttachmentRef> attachments) {
    Json.Members read = (Json.Members) Json.read(body.json());
    if (attachments.isEmpty()) {
      return new Content(body, attachments, read);
    }
    Map<String, Json> members = new LinkedHashMap<>(read.members());
    Map<String, Json> named = new LinkedHashMap<>();
    attachments.forEach(attachment -> named.put(attachment.name(), json(attachment)));
    members.put(ATTACHMENTS, new Json.Members(named));
    return new Content(body, attachments, new Json.Members(members));
  }

  /** An attachment is one value: what is said of it and the bytes belong together. */
  private static Json json(AttachmentRef attachment) {
    String text =
        new String(
            JsonOut.bytes(
                out -> {
                  out.writeStartObject();
                  out.writeStringProperty("content_type", attachment.contentType());
                  out.writeStringProperty("digest", attachment.digest());
                  out.writeNumberProperty("length", attachment.length());
                  out.writeEndObject();
                }),
            StandardCharsets.UTF_8);
    return new Json.Scalar(text, List.of(attachment.contentType(), attachment.digest()));
  }

  /**
   * The content of a merged document: the bytes of the first of these that says the same, or new
   * ones. Attachments are those of the first that has them.
   */
  public static Content of(Json document, List<Content> known) {
    for (Content content : known) {
      if (content.document.equals(document)) {
        return content;
      }
    }
    Map<String, Json> members = new LinkedHashMap<>(((Json.Members) document).members());
    Optional<Json> named = Optional.ofNullable(members.remove(ATTACHMENTS));
    List<AttachmentRef> attachments =
        named.map(value -> attachments((Json.Members) value, known)).orElse(List.of());
    Body body = Body.ofTrusted(new Json.Members(members).bytes());
    List<AttachmentRef> whole = new ArrayList<>(attachments);
    for (AttachmentRef ref : namedBy(body, known)) {
      if (whole.stream().noneMatch(there -> there.name().equals(ref.name()))) {
        whole.add(ref);
      }
    }
    Content merged = of(body, whole);
    if (whole.size() == attachments.size()) {
      return merged;
    }
    return known.stream().filter(merged::saysSame).findFirst().orElse(merged);
  }

  /**
   * The attachments named by their content that a body names, of the first that has them. They
   * belong to the value that names them: one that is taken from a side is not to lose its bytes
   * because the other side put something else in its place.
   */
  public static List<AttachmentRef> namedBy(Body body, List<Content> known) {
    Map<String, AttachmentRef> found = new LinkedHashMap<>();
    for (Content content : known) {
      for (AttachmentRef ref : content.attachments) {
        if (BY_CONTENT.matcher(ref.name()).matches()) {
          found.putIfAbsent(ref.name(), ref);
        }
      }
    }
    if (!found.isEmpty()) {
      String text = new String(body.json(), StandardCharsets.UTF_8);
      found.keySet().removeIf(name -> !text.contains('"' + name + '"'));
    }
    return List.copyOf(found.values());
  }

  private static List<AttachmentRef> attachments(Json.Members named, List<Content> known) {
    List<AttachmentRef> found = new ArrayList<>();
    named
        .members()
        .forEach(
            (name, value) ->
                known.stream()
                    .flatMap(content -> content.attachments.stream())
                    .filter(ref -> ref.name().equals(name) && json(ref).equals(value))
                    .findFirst()
                    .ifPresent(found::add));
    return found;
  }

  /** Whether it says the same, however it is written. */
  public boolean saysSame(Content other) {
    return document.equals(other.document);
  }
}
