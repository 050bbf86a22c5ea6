package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.Optional;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.shape.LinkSink;

/**
 * {@code PUT /{type}/{id}}: a new version, or a new resource under the client's id. A resource that
 * says what is there already makes no new version.
 */
public final class Update implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    try (Detached sent = call.readResource(id.type())) {
      IncomingResource resource = call.resources().check(sent.json(), LinkSink.NONE);
      Create.checkType(resource, id.type());
      checkId(resource, id);
      write(call, id, resource, sent);
    }
  }

  /** Writes a resource under an id, and answers. */
  static void write(Call call, ResourceId id, IncomingResource resource, Detached sent)
      throws IOException {
    answer(call, id, call.resources().update(id, resource, call.ifMatch(), sent.brought()));
  }

  /** Answers what became of an update. */
  public static void answer(Call call, ResourceId id, Resources.Outcome outcome)
      throws IOException {
    switch (outcome) {
      case Resources.Outcome.Written written ->
          Create.answer(
              call,
              written.created() ? 201 : 200,
              ResourceText.of(id, written.revision()),
              id + (written.created() ? " was created" : " was updated"));
      case Resources.Outcome.Unchanged unchanged ->
          Create.answer(
              call,
              200,
              ResourceText.of(id, unchanged.document()),
              id + " says the same already; no version was made");
    }
  }

  /** A client's own id for a new resource. */
  static String checked(String id) {
    if (!ResourceId.isId(id)) {
      throw OutcomeException.of(
          400,
          "value",
          "\"" + id + "\" is no id of a resource: 1 to 64 letters, digits, hyphens and dots");
    }
    return id;
  }

  /** http://hl7.org/fhir/R4/http.html#update: the same id in body and path. */
  public static void checkId(IncomingResource resource, ResourceId id) {
    Optional<String> own = resource.id();
    if (!own.equals(Optional.of(id.id()))) {
      throw OutcomeException.invalid(
          "The body must have the id of the path, "
              + id.id()
              + own.map(other -> ", and says " + other).orElse(", and has none"));
    }
  }
}
