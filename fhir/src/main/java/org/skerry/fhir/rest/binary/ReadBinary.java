package org.skerry.fhir.rest.binary;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentBody;
import org.skerry.document.AttachmentRef;
import org.skerry.document.AttachmentRef.Encoding;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Format;
import org.skerry.fhir.rest.Formats;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Tags;
import org.skerry.fhir.rest.Versions;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.ByteRange;
import org.skerry.http.Exchange;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * {@code GET /Binary/{id}}, and of a version: the content as it is, whole or a range, to all who do
 * not ask for FHIR; the resource with its content in base64 to those who do. Both are streamed.
 * What is no Binary, or has its content in the resource and is asked for as such, is somebody
 * else's.
 */
public final class ReadBinary implements Interaction {
  private final Interaction others;

  /** The interaction for contents, before the one for resources. */
  public ReadBinary(Interaction others) {
    this.others = others;
  }

  @Override
  public void answer(Call call) throws IOException {
    Optional<StoredRevision> found =
        Content.isBinary(call.exchange()) ? find(call) : Optional.empty();
    boolean raw = Content.isWanted(call.exchange());
    Optional<AttachmentRef> content = found.flatMap(Content::find);
    if (found.isEmpty() || content.isEmpty() && !raw) {
      others.answer(call);
      return;
    }
    ResourceText text = ResourceText.of(call.resourceId(), found.get());
    Optional<byte[]> within = content.isEmpty() ? within(found.get()) : Optional.empty();
    if (content.isEmpty() && within.isEmpty()) {
      others.answer(call);
      return;
    }
    call.trail().showed(Action.READ, text);
    if (Tags.clientHas(call.exchange(), text.rev().toString(), text.lastUpdated())) {
      call.answer(304, Versions.headers(text));
    } else if (content.isEmpty()) {
      call.exchange().answer(new Answer(head(200, text, type(found.get())), within.orElseThrow()));
    } else if (raw) {
      send(call, text, content.get());
    } else {
      sendResource(call, text, content.get());
    }
  }

  private static Optional<StoredRevision> find(Call call) {
    ResourceId id = call.resourceId();
    Optional<StoredRevision> found =
        call.exchange().rawPath().contains("/_history/")
            ? version(call).flatMap(rev -> call.resources().find(id, rev))
            : call.resources()
                .find(id)
                .filter(document -> !document.deleted())
                .map(StoredDocument::revisions)
                .map(List::getFirst);
    return found.filter(revision -> !revision.deleted());
  }

  private static Optional<RevId> version(Call call) {
    try {
      return Optional.of(RevId.parse(call.exchange().variable("version")));
    } catch (InvalidRevIdException e) {
      return Optional.empty();
    }
  }

  /** The content that stands in the resource. */
  private static Optional<byte[]> within(StoredRevision revision) {
    try {
      return Json.object(revision.body().json())
          .text("data")
          .map(data -> Base64.getMimeDecoder().decode(data));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String type(StoredRevision revision) {
    return Json.object(revision.body().json())
        .text("contentType")
        .filter(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f) && !text.isBlank())
        .orElse("application/octet-stream");
  }

  /** A content is whatever somebody sent: a browser must not run it as a page of this node. */
  private static AnswerHead head(int status, ResourceText text, String type) {
    AnswerHead head =
        AnswerHead.of(status, type)
            .with("Content-Security-Policy", "sandbox")
            .with("X-Content-Type-Options", "nosniff");
    for (AnswerHead.Header header : Versions.headers(text)) {
      head = head.with(header.name(), header.value());
    }
    return head;
  }

  private static void send(Call call, ResourceText text, AttachmentRef content) throws IOException {
    var store = call.database().store().attachments();
    long total = content.length();
    boolean whole = content.encoding() != Encoding.IDENTITY;
    Optional<ByteRange> range =
        whole
            ? Optional.empty()
            : call.exchange().header("Range").flatMap(header -> ByteRange.parse(header, total));
    if (range.isEmpty()) {
      AnswerHead head = head(200, text, content.contentType());
      send(
          call.exchange(),
          whole ? head : head.with("Accept-Ranges", "bytes"),
          AttachmentBody.decoded(store, content));
      return;
    }
    AnswerHead head =
        head(206, text, content.contentType()).with("Content-Range", range.get().of(total));
    send(
        call.exchange(),
        head,
        AttachmentBody.range(store, content, range.get().from(), range.get().length()));
  }

  private static void send(Exchange exchange, AnswerHead head, AttachmentBody body)
      throws IOException {
    try (InputStream bytes = body.stream()) {
      OutputStream out = exchange.stream(head.withLength(body.length()));
      if (!exchange.isHead()) {
        bytes.transferTo(out);
      }
      out.close();
    }
  }

  private static void sendResource(Call call, ResourceText text, AttachmentRef content)
      throws IOException {
    Format format = Formats.wanted(call.exchange());
    Around around = Around.of(call, text, format);
    AttachmentBody body = AttachmentBody.decoded(call.database().store().attachments(), content);
    long length = around.before().length + (body.length() + 2) / 3 * 4 + around.behind().length;
    AnswerHead head = head(200, text, format.contentType()).withLength(length);
    try (InputStream bytes = body.stream()) {
      OutputStream out = call.exchange().stream(head);
      if (!call.exchange().isHead()) {
        out.write(around.before());
        OutputStream encoded = Base64.getEncoder().wrap(new Unclosed(out));
        bytes.transferTo(encoded);
        encoded.close();
        out.write(around.behind());
      }
      out.close();
    }
  }
}
