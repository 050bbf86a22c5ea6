package org.skerry.server.demo;

import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The desk of one site: registers patients, and changes what is there. */
final class Registry {
  /** Where a resource says which system wrote this version (FHIR R4, Meta.source). */
  private static final String SOURCE = "source";

  private final Site site;
  private final String database;

  Registry(Site site, String database) {
    this.site = site;
    this.database = database;
  }

  /** A new patient. */
  Edit register(String family, String given, String birthDate) {
    String uuid = UUID.randomUUID().toString();
    ObjectNode patient = Json.object();
    patient.put("resourceType", "Patient").put("id", uuid).put("active", true);
    ObjectNode name = patient.putArray("name").addObject();
    name.put("use", "official").put("family", family).putArray("given").add(given);
    patient.put("birthDate", birthDate);
    return write("Patient/" + uuid, patient);
  }

  /** A patient's temperature, measured or corrected. */
  Edit measure(String id, String patient, int tenthsOfDegrees, String rev) {
    ObjectNode observation = Json.object();
    if (!rev.isEmpty()) {
      observation.put("_rev", rev);
    }
    observation.put("resourceType", "Observation").put("id", id.substring(id.indexOf('/') + 1));
    observation.put("status", "final");
    observation.putObject("code").put("text", "Body temperature");
    observation.putObject("subject").put("reference", patient);
    observation
        .putObject("valueQuantity")
        .put("value", tenthsOfDegrees / 10.0)
        .put("unit", "Cel")
        .put("system", "http://unitsofmeasure.org")
        .put("code", "Cel");
    return write(id, observation);
  }

  /** Changes where a patient lives and is called. */
  Edit move(String id, String city, String phone) {
    if (!(site.client().get(CouchClient.path(database, id)) instanceof ObjectNode patient)) {
      throw new DemoException(site.name() + " has no object at " + id);
    }
    if (patient.path("address").path(0) instanceof ObjectNode address) {
      address.put("city", city);
    }
    if (patient.path("telecom").path(0) instanceof ObjectNode telecom) {
      telecom.put("value", phone);
    }
    return write(id, patient);
  }

  private Edit write(String id, ObjectNode resource) {
    ObjectNode meta =
        resource.path("meta") instanceof ObjectNode known ? known : resource.putObject("meta");
    meta.put(SOURCE, "http://" + site.name().replace(' ', '-') + ".example");
    JsonNode answer = site.client().put(CouchClient.path(database, id), resource);
    return new Edit(site.name(), id, answer.path("rev").asString(""));
  }
}
