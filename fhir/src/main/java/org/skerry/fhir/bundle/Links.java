package org.skerry.fhir.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.JsonScanner;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Conditions;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.fhir.shape.ShapeCheck;

/**
 * What the links in a transaction's resources mean: other entries by their full URL ({@code
 * urn:uuid:…}), and resources that a query finds ({@code Practitioner?identifier=…}). Each query is
 * asked once. One thread.
 */
final class Links {
  private static final String URN = "urn:";

  private final Call call;
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> conditional = new HashMap<>();

  Links(Call call) {
    this.call = call;
  }

  /** From now on a URL means that resource. */
  void add(String url, ResourceId target) {
    targets.put(url, target.toString());
  }

  private record Place(LinkSink.Kind kind, int start, int end) {}

  /**
   * A resource with its links replaced.
   *
   * @param issues gets what is wrong with the resource
   */
  byte[] resolve(byte[] json, List<Issue> issues) {
    List<Place> places = new ArrayList<>();
    List<Issue> found =
        ShapeCheck.of(
            json,
            call.models().shapes(),
            (kind, start, end) -> places.add(new Place(kind, start, end)));
    issues.addAll(found);
    if (!found.isEmpty() || places.isEmpty()) {
      return json;
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(json.length + 64);
    int at = 0;
    for (Place place : places) {
      Optional<String> other = replaced(json, place);
      if (other.isPresent()) {
        out.write(json, at, place.start - at);
        out.writeBytes(other.get().getBytes(StandardCharsets.UTF_8));
        at = place.end;
      }
    }
    if (at == 0) {
      return json;
    }
    out.write(json, at, json.length - at);
    return out.toByteArray();
  }

  /** The JSON string that stands in the place of a link, if another does. */
  private Optional<String> replaced(byte[] json, Place place) {
    if (place.kind == LinkSink.Kind.XHTML) {
      return inMarkup(
          new String(json, place.start, place.end - place.start, StandardCharsets.UTF_8));
    }
    String url =
        new JsonScanner(java.util.Arrays.copyOfRange(json, place.start, place.end), 1).string();
    String target = targets.get(url);
    if (target != null) {
      return Optional.of('"' + target + '"');
    }
    if (place.kind != LinkSink.Kind.REFERENCE) {
      return Optional.empty();
    }
    if (url.startsWith("urn:uuid:")) {
      throw OutcomeException.of(
          400,
          "value",
          "The reference " + url + " is the full URL of no entry of this transaction");
    }
    int question = url.indexOf('?');
    return question > 0 && call.models().shapes().types().contains(url.substring(0, question))
        ? Optional.of('"' + conditional(url, question) + '"')
        : Optional.empty();
  }

  private String conditional(String url, int question) {
    return conditional.computeIfAbsent(
        url,
        key -> {
          String type = key.substring(0, question);
          return Conditions.match(call, type, Parameters.parse(key.substring(question + 1)))
              .map(ResourceId::toString)
              .orElseThrow(
                  () ->
                      OutcomeException.of(
                          412, "not-found", "The conditional reference " + key + " finds nothing"));
        });
  }

  /** Links in a narrative: {@code href="urn:uuid:…"}; quotes are escaped in JSON, or single. */
  private Optional<String> inMarkup(String text) {
    if (!text.contains("=\\\"" + URN) && !text.contains("='" + URN)) {
      return Optional.empty();
    }
    String replaced = text;
    for (Map.Entry<String, String> target : targets.entrySet()) {
      if (target.getKey().startsWith(URN)) {
        replaced =
            replaced
                .replace("=\\\"" + target.getKey() + "\\\"", "=\\\"" + target.getValue() + "\\\"")
                .replace("='" + target.getKey() + "'", "='" + target.getValue() + "'");
      }
    }
    return Optional.of(replaced);
  }
}
