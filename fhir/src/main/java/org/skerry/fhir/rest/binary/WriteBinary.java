package org.skerry.fhir.rest.binary;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Resources;
import org.skerry.fhir.rest.Versions;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.http.Method;
import org.skerry.wire.JsonOut;

/**
 * {@code POST /Binary} and {@code PUT /Binary/{id}} with any content; other resources, and those of
 * the type Binary that are sent as resources, are somebody else's.
 */
public final class WriteBinary implements Interaction {
  private final Interaction others;

  /**
   * The interaction for contents.
   *
   * @param others takes what is sent as a resource
   */
  public WriteBinary(Interaction others) {
    this.others = others;
  }

  @Override
  public void answer(Call call) throws IOException {
    if (!Content.isBinary(call.exchange()) || !Content.isSent(call.exchange())) {
      others.answer(call);
      return;
    }
    boolean fresh = call.exchange().method() == Method.POST;
    ResourceId id =
        fresh ? new ResourceId(call.type(), UUID.randomUUID().toString()) : call.resourceId();
    String type = call.exchange().header("Content-Type").orElseThrow();
    IncomingResource resource = call.resources().check(json(call, type), LinkSink.NONE);
    try (IncomingAttachment content =
        call.resources()
            .intake()
            .receive(Announced.identity(Attachments.CONTENT, type), call.exchange().body())) {
      Resources.Outcome outcome =
          call.resources().update(id, resource, call.ifMatch(), List.of(content.input()));
      answer(call, id, outcome);
    }
  }

  private static byte[] json(Call call, String type) {
    Optional<String> context = call.exchange().header("X-Security-Context");
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("resourceType", "Binary");
          out.writeStringProperty("contentType", type);
          context.ifPresent(
              reference -> {
                out.writeObjectPropertyStart("securityContext");
                out.writeStringProperty("reference", reference);
                out.writeEndObject();
              });
          out.writeEndObject();
        });
  }

  private static void answer(Call call, ResourceId id, Resources.Outcome outcome)
      throws IOException {
    switch (outcome) {
      case Resources.Outcome.Written written ->
          call.answer(
              written.created() ? 201 : 200,
              Versions.headers(ResourceText.of(id, written.revision()), call.base()));
      case Resources.Outcome.Unchanged unchanged ->
          call.answer(
              200, Versions.headers(ResourceText.of(id, unchanged.document()), call.base()));
    }
  }
}
