package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.resource.ResourceId;

/** {@code DELETE /{type}?…}: deletes the one resource that the query finds. */
public final class ConditionalDelete implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    String type = call.type();
    Lock lock = Conditions.lock(call);
    lock.lock();
    try {
      Optional<ResourceId> found = Conditions.match(call, type, call.parameters());
      if (found.isEmpty()) {
        call.outcome(
            200, List.of(Issue.information("Nothing matches: nothing was deleted")), List.of());
        return;
      }
      Delete.write(call, found.get());
    } finally {
      lock.unlock();
    }
  }
}
