package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** {@code POST /{type}}: a new resource, whose id the server makes. */
public final class Create implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    String type = call.type();
    try (Detached sent = call.readResource(type)) {
      answer(call, type, sent);
    }
  }

  private static void answer(Call call, String type, Detached sent) throws IOException {
    IncomingResource resource = call.resources().check(sent.json(), LinkSink.NONE);
    checkType(resource, type);
    Optional<String> condition = call.exchange().header("If-None-Exist");
    if (condition.isEmpty()) {
      write(call, type, resource, sent);
      return;
    }
    Lock lock = Conditions.lock(call);
    lock.lock();
    try {
      Optional<ResourceId> found =
          Conditions.match(call, type, Parameters.parse(query(condition.get())));
      if (found.isPresent()) {
        StoredDocument document = call.resources().find(found.get()).orElseThrow();
        answer(call, 200, ResourceText.of(found.get(), document), found.get() + " is here already");
      } else {
        write(call, type, resource, sent);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Clients write the condition with and without the type. */
  public static String query(String condition) {
    return condition.substring(condition.indexOf('?') + 1);
  }

  private static void write(Call call, String type, IncomingResource resource, Detached sent)
      throws IOException {
    ResourceId id = new ResourceId(type, UUID.randomUUID().toString());
    StoredRevision written = call.resources().create(id, resource, sent.brought());
    answer(call, 201, ResourceText.of(id, written), id + " was created");
  }

  public static void checkType(IncomingResource resource, String type) {
    if (!resource.type().equals(type)) {
      throw OutcomeException.invalid(
          "The body is a resource of type " + resource.type() + ", and the path says " + type);
    }
  }

  /**
   * Answers a write as the client prefers. What is written stays so where it cannot be shown in the
   * client's format: that is no failure of the write.
   */
  static void answer(Call call, int status, ResourceText resource, String done) throws IOException {
    var headers = Versions.headers(resource, call.base());
    switch (Preference.of(call.exchange())) {
      case MINIMAL -> call.answer(status, headers);
      case OUTCOME -> call.outcome(status, List.of(Issue.information(done)), headers);
      case REPRESENTATION -> {
        try {
          Whole.answer(call, status, resource, headers);
        } catch (OutcomeException e) {
          Issue issue = Issue.warning("structure", done + ". " + e.getMessage());
          call.outcome(status, List.of(issue), headers);
        }
      }
    }
  }
}
