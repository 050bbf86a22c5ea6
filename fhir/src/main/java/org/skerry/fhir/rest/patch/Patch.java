package org.skerry.fhir.rest.patch;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Conditions;
import org.skerry.fhir.rest.Create;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Resources;
import org.skerry.fhir.rest.Update;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.store.StoredDocument;

/**
 * {@code PATCH /{type}/{id}} and {@code PATCH /{type}?…}: a patch of the current version. When
 * somebody else writes meanwhile, it is applied again to what is there then.
 */
public final class Patch implements Interaction {
  private static final int TRIES = 20;

  private final boolean conditional;

  private Patch(boolean conditional) {
    this.conditional = conditional;
  }

  /** Of the resource in the path. */
  public static Patch byId() {
    return new Patch(false);
  }

  /** Of the one resource that the query finds. */
  public static Patch onCondition() {
    return new Patch(true);
  }

  @Override
  public void answer(Call call) throws IOException {
    PatchText patch = PatchText.of(call, call.exchange().readBody());
    if (!conditional) {
      apply(call, call.resourceId(), patch);
      return;
    }
    String type = call.type();
    Lock lock = Conditions.lock(call);
    lock.lock();
    try {
      ResourceId id =
          Conditions.match(call, type, call.parameters())
              .orElseThrow(
                  () -> OutcomeException.of(404, "not-found", "Nothing matches: nothing to patch"));
      apply(call, id, patch);
    } finally {
      lock.unlock();
    }
  }

  private static void apply(Call call, ResourceId id, PatchText patch) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      StoredDocument document =
          call.resources()
              .find(id)
              .orElseThrow(() -> OutcomeException.of(404, "not-found", id + " is not known here"));
      if (document.deleted()) {
        throw OutcomeException.of(410, "deleted", id + " was deleted");
      }
      Resources.checkVersion(id, Optional.of(document), call.ifMatch());
      ResourceText current = ResourceText.of(id, document);
      if (written(call, id, current, patch)) {
        return;
      }
    }
    throw OutcomeException.of(409, "conflict", "Others change " + id + " all the time: try again");
  }

  private static boolean written(Call call, ResourceId id, ResourceText current, PatchText patch)
      throws IOException {
    try (Detached sent = call.resources().detach(patch.apply(current), id.type())) {
      IncomingResource patched = call.resources().check(sent.json(), LinkSink.NONE);
      Create.checkType(patched, id.type());
      Update.checkId(patched, id);
      String version = current.rev().toString();
      Optional<Resources.Outcome> written =
          call.resources().updateOnce(id, patched, version, sent.brought());
      if (written.isPresent()) {
        Update.answer(call, id, written.get());
      }
      return written.isPresent();
    }
  }
}
