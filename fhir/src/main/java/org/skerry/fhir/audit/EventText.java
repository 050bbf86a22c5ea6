package org.skerry.fhir.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.skerry.document.Body;
import org.skerry.document.Excerpt;
import org.skerry.fhir.audit.Trail.Step;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** AuditEvents as JSON (http://hl7.org/fhir/R4/auditevent.html). */
final class EventText {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final int LONGEST = 1_000;

  private EventText() {}

  /**
   * What several events have in common.
   *
   * @param node which node saw it
   * @param database where it was done
   * @param user who did it; nothing for somebody who did not sign in
   * @param address where the request came from
   * @param query of the request, not decoded; empty when it has none
   */
  record Circumstances(
      Instant at,
      String node,
      String database,
      Optional<String> user,
      String address,
      String path,
      String query) {}

  /** One event: steps of one kind that were answered alike; at least one. */
  static Body of(String id, Circumstances around, List<Step> steps) {
    Step first = steps.getFirst();
    return write(
        id,
        around.at,
        out -> {
          coding(out, "type", TERMINOLOGY + "audit-event-type", "rest");
          subtype(out, first.what().code());
          out.writeStringProperty("action", first.what().letter());
          out.writeStringProperty("recorded", IncomingResource.stamp(around.at));
          outcome(out, first.status(), first.problem());
          out.writeArrayPropertyStart("agent");
          requestor(out, around);
          out.writeEndArray();
          source(out, around.node, around.database);
          out.writeArrayPropertyStart("entity");
          query(out, around, first);
          steps.forEach(step -> resource(out, step));
          patients(out, steps);
          out.writeEndArray();
        });
  }

  /** The document of an event; its members are written in between. */
  static Body write(String id, Instant at, Consumer<JsonGenerator> members) {
    return Body.ofTrusted(
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("resourceType", "AuditEvent");
              out.writeStringProperty("id", id);
              out.writeObjectPropertyStart("meta");
              out.writeStringProperty("lastUpdated", IncomingResource.stamp(at));
              out.writeEndObject();
              members.accept(out);
              out.writeEndObject();
            }));
  }

  static void coding(JsonGenerator out, String member, String system, String code) {
    out.writeObjectPropertyStart(member);
    out.writeStringProperty("system", system);
    out.writeStringProperty("code", code);
    out.writeEndObject();
  }

  static void subtype(JsonGenerator out, String code) {
    out.writeArrayPropertyStart("subtype");
    out.writeStartObject();
    out.writeStringProperty("system", "http://hl7.org/fhir/restful-interaction");
    out.writeStringProperty("code", code);
    out.writeEndObject();
    out.writeEndArray();
  }

  /** http://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
  static void outcome(JsonGenerator out, int status, String problem) {
    out.writeStringProperty("outcome", status < 400 ? "0" : status < 500 ? "4" : "8");
    if (!problem.isEmpty()) {
      out.writeStringProperty("outcomeDesc", cut(problem));
    }
  }

  private static String cut(String text) {
    return Excerpt.beginning(text, LONGEST);
  }

  private static void requestor(JsonGenerator out, Circumstances around) {
    out.writeStartObject();
    around.user.ifPresent(
        name -> {
          out.writeStringProperty("altId", name);
          out.writeStringProperty("name", name);
        });
    out.writeBooleanProperty("requestor", true);
    out.writeObjectPropertyStart("network");
    out.writeStringProperty("address", around.address);
    out.writeStringProperty("type", "2");
    out.writeEndObject();
    out.writeEndObject();
  }

  /** The database is the site within the node. */
  static void source(JsonGenerator out, String node, String database) {
    out.writeObjectPropertyStart("source");
    out.writeStringProperty("site", database);
    out.writeObjectPropertyStart("observer");
    out.writeStringProperty("display", "Skerry node " + node);
    out.writeEndObject();
    out.writeEndObject();
  }

  /** What was asked, when it is not all said by the resources. */
  private static void query(JsonGenerator out, Circumstances around, Step first) {
    if (around.query.isEmpty() && first.about().isPresent()) {
      return;
    }
    String asked = around.path + (around.query.isEmpty() ? "" : "?" + around.query);
    out.writeStartObject();
    coding(out, "type", TERMINOLOGY + "audit-entity-type", "2");
    coding(out, "role", TERMINOLOGY + "object-role", "24");
    out.writeStringProperty(
        "query", Base64.getEncoder().encodeToString(asked.getBytes(StandardCharsets.UTF_8)));
    out.writeEndObject();
  }

  private static void resource(JsonGenerator out, Step step) {
    if (step.about().isEmpty()) {
      return;
    }
    ResourceId id = step.about().get();
    reference(
        out,
        id + step.version().map(rev -> "/_history/" + rev).orElse(""),
        id.type(),
        id.type().equals("Patient") ? "1" : "4");
  }

  /** Whom the resources are about, so that all that was done with a patient's data is found. */
  private static void patients(JsonGenerator out, List<Step> steps) {
    Set<String> patients = new LinkedHashSet<>();
    steps.forEach(step -> step.patient().ifPresent(patients::add));
    for (Step step : steps) {
      step.about().map(ResourceId::toString).ifPresent(patients::remove);
    }
    patients.forEach(patient -> reference(out, patient, "Patient", "1"));
  }

  /** http://hl7.org/fhir/R4/valueset-object-role.html: 1 is a patient, 4 any other resource. */
  static void reference(JsonGenerator out, String reference, String type, String role) {
    out.writeStartObject();
    out.writeObjectPropertyStart("what");
    out.writeStringProperty("reference", reference);
    out.writeEndObject();
    coding(out, "type", "http://hl7.org/fhir/resource-types", type);
    coding(out, "role", TERMINOLOGY + "object-role", role);
    out.writeEndObject();
  }

  /** Something that is no resource: by its name here, and where it is for others. */
  static void record(JsonGenerator out, String name, String url) {
    out.writeStartObject();
    out.writeObjectPropertyStart("what");
    out.writeObjectPropertyStart("identifier");
    out.writeStringProperty("system", "urn:ietf:rfc:3986");
    out.writeStringProperty("value", url);
    out.writeEndObject();
    out.writeEndObject();
    coding(out, "type", TERMINOLOGY + "audit-entity-type", "4");
    coding(out, "role", TERMINOLOGY + "object-role", "3");
    out.writeStringProperty("name", name);
    out.writeEndObject();
  }
}
