package org.skerry.fhir.rest.binary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.skerry.document.AttachmentRef;
import org.skerry.fhir.attached.Inline;
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
import org.skerry.fhir.rest.Whole;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * {@code GET /Binary/{id}}, and of a version: the content as it is, whole or a range, to all who do
 * not ask for FHIR; the resource with its content in base64 to those who do. Both are streamed.
 * What is no Binary, or has its content in the resource and is asked for as such, is somebody
 * else's.
 */
public final class ReadBinary implements Interaction {
  /** Stands for the content in a resource: good base64, which no media type and no id is. */
  private static final String TOKEN = "/ContentOfThisBinary";

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
            ? Content.version(call).flatMap(rev -> call.resources().find(id, rev))
            : call.resources()
                .find(id)
                .filter(document -> !document.deleted())
                .map(StoredDocument::revisions)
                .map(List::getFirst);
    return found.filter(revision -> !revision.deleted());
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

  private static AnswerHead head(int status, ResourceText text, String type) {
    AnswerHead head = Raw.head(status, type);
    for (AnswerHead.Header header : Versions.headers(text)) {
      head = head.with(header.name(), header.value());
    }
    return head;
  }

  private static void send(Call call, ResourceText text, AttachmentRef content) throws IOException {
    Raw.send(call, content, status -> head(status, text, content.contentType()));
  }

  private static void sendResource(Call call, ResourceText text, AttachmentRef content)
      throws IOException {
    Format format = Formats.wanted(call.exchange());
    byte[] json = text.json();
    byte[] end = (",\"data\":\"" + TOKEN + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(json, json.length - 1 + end.length);
    System.arraycopy(end, 0, whole, json.length - 1, end.length);
    byte[] shown = format == Format.XML ? call.models().xml(whole) : whole;
    Whole.send(
        call,
        head(200, text, format.contentType()),
        Inline.cut(shown, List.of(TOKEN), List.of(content)));
  }
}
