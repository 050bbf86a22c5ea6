package org.skerry.fhir.rest.binary;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.document.AttachmentRef;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Attached;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Resources;
import org.skerry.http.AnswerHead;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * {@code GET /{type}/{id}/$attachment/{data}}, and of a version: data of an Attachment that are
 * kept beside their resource, as they are, whole or a range. They never change, as their name is
 * made of them; so where a version is gone, the current one is as good if it has them.
 */
public final class ReadData implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    String name = call.exchange().variable("data");
    Optional<StoredRevision> version =
        version(call, id).filter(there -> find(there, name).isPresent());
    StoredRevision revision =
        version
            .or(() -> current(call, id).filter(there -> find(there, name).isPresent()))
            .orElseThrow(() -> unknown(id, name));
    AttachmentRef data = find(revision, name).orElseThrow();
    call.trail().showed(Action.READ, ResourceText.of(id, revision));
    String tag = '"' + name + '"';
    AnswerHead.Header entity = new AnswerHead.Header("ETag", tag);
    boolean known =
        call.exchange().header("If-None-Match").filter(text -> text.contains(tag)).isPresent();
    if (known) {
      call.answer(304, List.of(entity));
      return;
    }
    Raw.send(
        call, data, status -> Raw.head(status, type(data)).with(entity.name(), entity.value()));
  }

  private static Optional<StoredRevision> version(Call call, ResourceId id) {
    return call.exchange().rawPath().contains("/_history/")
        ? Content.version(call)
            .flatMap(rev -> call.resources().find(id, rev))
            .filter(revision -> !revision.deleted())
        : Optional.empty();
  }

  private static Optional<StoredRevision> current(Call call, ResourceId id) {
    Optional<StoredDocument> document = call.resources().find(id);
    return document.flatMap(Resources::live);
  }

  private static Optional<AttachmentRef> find(StoredRevision revision, String name) {
    return Attached.isName(name)
        ? revision.attachments().stream().filter(ref -> ref.name().equals(name)).findFirst()
        : Optional.empty();
  }

  private static String type(AttachmentRef data) {
    String type = data.contentType();
    boolean good = type.chars().allMatch(c -> c >= ' ' && c < 0x7f) && !type.isBlank();
    return good ? type : AttachmentDraft.DEFAULT_TYPE;
  }

  private static OutcomeException unknown(ResourceId id, String name) {
    return OutcomeException.of(404, "not-found", id + " has no data " + name);
  }
}
