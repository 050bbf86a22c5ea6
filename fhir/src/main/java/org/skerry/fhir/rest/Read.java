package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.List;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.http.AnswerHead;
import org.skerry.store.StoredDocument;

/** {@code GET /{type}/{id}}: the winner. */
public final class Read implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    StoredDocument document = call.resources().find(id).orElseThrow(() -> unknown(id));
    if (document.deleted()) {
      throw gone(id, document);
    }
    ResourceText resource = ResourceText.of(id, document);
    call.trail().showed(Action.READ, resource);
    if (Tags.clientHas(call.exchange(), resource.rev().toString(), resource.lastUpdated())) {
      call.answer(304, Versions.headers(resource));
      return;
    }
    Shown.answer(call, resource);
  }

  static OutcomeException unknown(ResourceId id) {
    return OutcomeException.of(404, "not-found", id + " is not known here");
  }

  private static OutcomeException gone(ResourceId id, StoredDocument document) {
    return new OutcomeException(
        410,
        List.of(Issue.error("deleted", id + " was deleted")),
        List.of(new AnswerHead.Header("ETag", ResourceText.tag(document.winner().rev()))));
  }
}
