package org.skerry.replication.schedule;

import org.skerry.replication.peer.Refusal;
import org.skerry.replication.schedule.StoredRefusals.Refused;
import tools.jackson.core.JsonGenerator;

/** Refused documents as JSON. */
public final class RefusalJson {
  private RefusalJson() {}

  /** A replication with how many documents it was refused. */
  public static void summary(JsonGenerator out, Refused one) {
    out.writeStartObject();
    members(out, one);
    out.writeEndObject();
  }

  /** A replication with the documents that it was refused. */
  public static void whole(JsonGenerator out, Refused one) {
    out.writeStartObject();
    members(out, one);
    out.writeArrayPropertyStart("refused");
    one.refusals().forEach(refusal -> write(out, refusal));
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void members(JsonGenerator out, Refused one) {
    out.writeStringProperty("id", one.base());
    out.writeStringProperty("source", one.source());
    out.writeStringProperty("target", one.target());
    out.writeStringProperty("last_updated", one.updated());
    out.writeNumberProperty("count", one.refusals().size());
  }

  /** One document, as {@code _bulk_docs} answers it. */
  static void write(JsonGenerator out, Refusal refusal) {
    out.writeStartObject();
    out.writeStringProperty("id", refusal.id());
    out.writeStringProperty("rev", refusal.rev());
    out.writeStringProperty("error", refusal.error());
    out.writeStringProperty("reason", refusal.reason());
    out.writeEndObject();
  }
}
