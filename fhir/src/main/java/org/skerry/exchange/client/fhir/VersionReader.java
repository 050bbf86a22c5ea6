package org.skerry.exchange.client.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocumentLimits;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;

/** Reads what a partner shows of a resource. */
final class VersionReader {
  /** What a partner's answer may be: the data that are taken out of it are not known yet. */
  private static final int WITH_DATA = 64 << 20;

  private final DocumentLimits limits;

  VersionReader(DocumentLimits limits) {
    this.limits = limits;
  }

  /** A resource whose JSON is at hand. */
  Fetched read(RecordId id, byte[] json, Optional<String> tag) {
    try {
      IncomingResource resource = IncomingResource.read(json);
      boolean same =
          resource.type().equals(id.type()) && resource.id().equals(Optional.of(id.id()));
      if (!same) {
        return new Fetched.Refused(
            "it says that it is " + resource.type() + "/" + resource.id().orElse(""));
      }
      return new Fetched.Here(
          new Version(
              resource.versionId().or(() -> tag).orElse(""),
              Optional.of(
                  resource.body(
                      new ResourceId(id.type(), id.id()), written(resource), limits(id)))));
    } catch (BadDocumentException e) {
      return new Fetched.Refused("it is no resource: " + e.getMessage());
    }
  }

  private DocumentLimits limits(RecordId id) {
    return Detached.concerns(id.type())
        ? new DocumentLimits(Math.max(WITH_DATA, limits.maxBodyBytes()), limits.maxDepth())
        : limits;
  }

  /** The partner's time, so that two nodes that take the same version make the same revision. */
  private static Instant written(IncomingResource resource) {
    Optional<String> text = resource.lastUpdated();
    try {
      return text.map(time -> OffsetDateTime.parse(time).toInstant()).orElse(Instant.EPOCH);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
