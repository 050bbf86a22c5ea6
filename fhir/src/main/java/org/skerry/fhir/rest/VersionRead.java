package org.skerry.fhir.rest;

import java.io.IOException;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;

/** {@code GET /{type}/{id}/_history/{version}}: any revision that is still kept. */
public final class VersionRead implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    String version = call.exchange().variable("version");
    StoredRevision revision =
        call.resources().find(id, rev(id, version)).orElseThrow(() -> unknown(id, version));
    if (revision.deleted()) {
      throw OutcomeException.of(
          410, "deleted", "Version " + version + " of " + id + " is its deletion");
    }
    ResourceText resource = ResourceText.of(id, revision);
    call.trail().showed(Action.VERSION_READ, resource);
    if (Tags.clientHas(call.exchange(), resource.rev().toString(), resource.lastUpdated())) {
      call.answer(304, Versions.headers(resource));
      return;
    }
    Shown.answer(call, resource);
  }

  private static RevId rev(ResourceId id, String version) {
    try {
      return RevId.parse(version);
    } catch (InvalidRevIdException e) {
      throw unknown(id, version);
    }
  }

  private static OutcomeException unknown(ResourceId id, String version) {
    return OutcomeException.of(
        404,
        "not-found",
        "Version "
            + version
            + " of "
            + id
            + " is not here: it never was, or compaction has removed it");
  }
}
