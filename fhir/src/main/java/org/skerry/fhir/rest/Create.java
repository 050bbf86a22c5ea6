package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.store.StoredRevision;

/** {@code POST /{type}}: a new resource, whose id the server makes. */
public final class Create implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    String type = call.type();
    IncomingResource resource = call.resources().check(call.readJson(), LinkSink.NONE);
    checkType(resource, type);
    ResourceId id = new ResourceId(type, UUID.randomUUID().toString());
    StoredRevision written = call.resources().create(id, resource);
    answer(call, 201, ResourceText.of(id, written), id + " was created");
  }

  static void checkType(IncomingResource resource, String type) {
    if (!resource.type().equals(type)) {
      throw OutcomeException.invalid(
          "The body is a resource of type " + resource.type() + ", and the path says " + type);
    }
  }

  /** Answers a write as the client prefers. */
  static void answer(Call call, int status, ResourceText resource, String done) throws IOException {
    var headers = Versions.headers(resource, call.base());
    switch (Preference.of(call.exchange())) {
      case MINIMAL -> call.answer(status, headers);
      case OUTCOME -> call.outcome(status, List.of(Issue.information(done)), headers);
      case REPRESENTATION -> call.answer(status, resource.json(), headers);
    }
  }
}
