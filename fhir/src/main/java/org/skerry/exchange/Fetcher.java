package org.skerry.exchange;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocumentLimits;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.StampedBody;
import tools.jackson.databind.json.JsonMapper;

/** Gets single records from the partner. */
final class Fetcher {
  private static final String FHIR = "application/fhir+json";
  private static final int GONE = 410;
  private static final int NOT_FOUND = 404;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final PartnerClient client;
  private final DocumentLimits limits;

  Fetcher(Run run) {
    this.client = run.client();
    this.limits = run.limits();
  }

  /** What became of a fetch. */
  sealed interface Fetched {
    /** It is there, or known to be deleted. */
    record Here(Incoming incoming) implements Fetched {}

    /** The partner does not have it. */
    record Absent() implements Fetched {}

    /** The partner has something that cannot be taken. */
    record Refused(String problem) implements Fetched {}
  }

  /** The record as the partner has it now. */
  Fetched fetch(String category, ResourceId id, String url) {
    PartnerClient.Reply reply = client.get(URI.create(url), FHIR);
    if (reply.status() == GONE) {
      return new Fetched.Here(
          new Incoming(category, id, reply.version().orElse(""), Optional.empty()));
    }
    if (reply.status() == NOT_FOUND) {
      return new Fetched.Absent();
    }
    if (!reply.isSuccess()) {
      return new Fetched.Refused(reply.said());
    }
    return understand(category, id, reply.body(), reply.version());
  }

  /** A record whose JSON is at hand. */
  Fetched understand(String category, ResourceId id, byte[] json, Optional<String> tag) {
    try {
      IncomingResource resource = IncomingResource.read(json);
      boolean same =
          resource.type().equals(id.type()) && resource.id().equals(Optional.of(id.id()));
      if (!same) {
        return new Fetched.Refused("it says that it is " + resource.type() + "/" + resource.id());
      }
      StampedBody body = resource.body(id, written(json), limits);
      return new Fetched.Here(
          new Incoming(
              category, id, resource.versionId().or(() -> tag).orElse(""), Optional.of(body)));
    } catch (BadDocumentException e) {
      return new Fetched.Refused("it is no resource: " + e.getMessage());
    }
  }

  /** The partner's time, so that two nodes that take the same version make the same revision. */
  private static Instant written(byte[] json) {
    String text = MAPPER.readTree(json).path("meta").path("lastUpdated").asString("");
    try {
      return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
