package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.shape.LinkSink;

/**
 * {@code PUT /{type}?…}: updates the one resource that the query finds; when it finds none, creates
 * it, under the resource's own id if it has one.
 */
public final class ConditionalUpdate implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    String type = call.type();
    try (Detached sent = call.readResource(type)) {
      answer(call, type, sent);
    }
  }

  private static void answer(Call call, String type, Detached sent) throws IOException {
    IncomingResource resource = call.resources().check(sent.json(), LinkSink.NONE);
    Create.checkType(resource, type);
    Lock lock = Conditions.lock(call);
    lock.lock();
    try {
      ResourceId id = target(Conditions.match(call, type, call.parameters()), resource);
      Update.write(call, id, resource, sent);
    } finally {
      lock.unlock();
    }
  }

  /** http://hl7.org/fhir/R4/http.html#cond-update */
  public static ResourceId target(Optional<ResourceId> found, IncomingResource resource) {
    if (found.isPresent()) {
      resource.id().ifPresent(own -> Update.checkId(resource, found.get()));
      return found.get();
    }
    return resource
        .id()
        .map(own -> new ResourceId(resource.type(), Update.checked(own)))
        .orElseGet(() -> new ResourceId(resource.type(), UUID.randomUUID().toString()));
  }
}
