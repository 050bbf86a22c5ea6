package org.skerry.fhir.rest.patch;

import java.util.Base64;
import java.util.Locale;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Tokens;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Models;

/** A patch as it was sent, of whatever kind. */
public final class PatchText {
  private static final String JSON_PATCH = "application/json-patch+json";

  private final Models models;
  private final byte[] json;
  private final boolean byPath;

  private PatchText(Models models, byte[] json, boolean byPath) {
    this.models = models;
    this.json = json;
    this.byPath = byPath;
  }

  /**
   * The patch in a request's body, by its content type.
   *
   * @throws OutcomeException 415 when it is none
   */
  static PatchText of(Call call, byte[] body) {
    String type = call.exchange().header("Content-Type").orElse("");
    String bare = type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    return switch (bare) {
      case JSON_PATCH -> new PatchText(call.models(), body, false);
      case "application/fhir+json", "application/json" -> {
        if (isList(body)) {
          throw OutcomeException.notSupported(
              415, "A list of operations is a JSON Patch: send it as " + JSON_PATCH);
        }
        yield ofEntry(call, body);
      }
      case "application/fhir+xml", "application/xml" -> ofEntry(call, call.models().json(body));
      default ->
          throw OutcomeException.notSupported(
              415,
              "A patch of type \""
                  + type
                  + "\" is not applied here: send "
                  + JSON_PATCH
                  + ", or a Parameters resource (FHIRPath Patch)");
    };
  }

  private static boolean isList(byte[] json) {
    int at = 0;
    while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at < json.length && json[at] == '[';
  }

  /**
   * The patch that is a resource: a Parameters resource, or a Binary with a JSON Patch in it, as
   * bundles have it.
   *
   * @throws OutcomeException 400 or 415 when it is none
   */
  public static PatchText ofEntry(Call call, byte[] resource) {
    Json object = Json.object(resource);
    return switch (object.text("resourceType").orElse("")) {
      case "Parameters" -> new PatchText(call.models(), resource, true);
      case "Binary" -> {
        if (!object.text("contentType").orElse("").startsWith(JSON_PATCH)) {
          throw OutcomeException.notSupported(
              415, "The Binary is no patch: its contentType has to be " + JSON_PATCH);
        }
        yield new PatchText(call.models(), decoded(object.text("data").orElse("")), false);
      }
      default ->
          throw OutcomeException.invalid(
              "A patch is a Parameters resource (FHIRPath Patch), or a Binary with a JSON Patch");
    };
  }

  private static byte[] decoded(String data) {
    try {
      return Base64.getMimeDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw OutcomeException.invalid("The data of the Binary are no base64");
    }
  }

  /** A resource with the patch applied to it; data that are beside it can be moved, not read. */
  public byte[] apply(ResourceText resource) {
    Tokens tokens = resource.tokens();
    byte[] patched = tokens.restore(apply(tokens.json()));
    if (!tokens.in(patched).isEmpty()) {
      throw OutcomeException.of(
          422,
          "processing",
          "Data that are kept beside the resource can become the data of another Attachment, and"
              + " nothing else");
    }
    return patched;
  }

  /** A resource with the patch applied to it. */
  private byte[] apply(byte[] resource) {
    return byPath
        ? new FhirPathPatch(models).apply(resource, json)
        : JsonPatch.apply(resource, json);
  }
}
