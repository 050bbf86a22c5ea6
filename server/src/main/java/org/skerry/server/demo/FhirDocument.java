package org.skerry.server.demo;

import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A FHIR resource as a document of its own.
 *
 * @param id type and logical id, as in a FHIR reference
 * @param json the resource with {@code _id} and {@code _attachments}
 * @param attachments how many there are
 */
record FhirDocument(String id, ObjectNode json, int attachments) {
  private static final String CONTENT_TYPE = "application/octet-stream";

  /**
   * Makes the document.
   *
   * @param resource with its references resolved; it is changed
   */
  static FhirDocument of(ObjectNode resource) {
    String id = id(resource);
    ObjectNode json = Json.object();
    json.put("_id", id);
    ObjectNode attachments = Json.object();
    if (resource.path("resourceType").asString("").equals("DocumentReference")) {
      moveContents(id, resource, attachments);
    }
    if (!attachments.isEmpty()) {
      json.set("_attachments", attachments);
    }
    json.setAll(resource);
    return new FhirDocument(id, json, attachments.size());
  }

  /** The document that a resource becomes. */
  static String id(JsonNode resource) {
    String type = resource.path("resourceType").asString("");
    String id = resource.path("id").asString("");
    if (type.isEmpty() || id.isEmpty()) {
      throw new DemoException("a resource of the FHIR bundles has no type or no id");
    }
    return type + "/" + id;
  }

  /**
   * What the resource carries in base64 becomes an attachment of the document, and the resource
   * points at it (FHIR R4, data type Attachment: data or url).
   */
  private static void moveContents(String id, ObjectNode resource, ObjectNode attachments) {
    int number = 0;
    for (JsonNode content : resource.path("content")) {
      if (content.path("attachment") instanceof ObjectNode attachment
          && attachment.path("data").isString()) {
        String name = "content-" + number;
        String data = attachment.remove("data").asString();
        attachments
            .putObject(name)
            .put("content_type", attachment.path("contentType").asString(CONTENT_TYPE))
            .put("data", data);
        attachment.put("size", Base64.getDecoder().decode(data).length);
        attachment.put("url", id.replace("/", "%2F") + "/" + name); // below the database's URL
      }
      number++;
    }
  }
}
