package org.skerry.fhir.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.JsonScanner;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Conditions;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.fhir.shape.ShapeCheck;

/**
 * What the links in a transaction's resources mean: other entries by their full URL ({@code
 * urn:uuid:…}), or by what is behind their server's base ({@code Patient/1}), and resources that a
 * query finds ({@code Practitioner?identifier=…}). Each query is asked once. One thread.
 *
 * <p>A link never means one of two (http://hl7.org/fhir/R4/bundle.html#references): a full URL
 * stands for one resource, and what is relative belongs to the server of the resource in which it
 * stands. R4 lets two entries have one full URL where they are different versions; but that is for
 * histories, here a link to it could mean either.
 */
final class Links {
  private static final String URN = "urn:";

  /** In a narrative, whose quotes are escaped in JSON, or single. */
  private static final Pattern LINK = Pattern.compile("=(\\\\\"|')(" + URN + "[^\"'\\\\]*)\\1");

  private final Call call;

  /** By full URL. */
  private final Map<String, Target> targets = new HashMap<>();

  /** The full URLs that end so, by what is behind the base of their servers. */
  private final Map<String, List<String>> relatives = new HashMap<>();

  private final Map<String, String> conditional = new HashMap<>();

  Links(Call call) {
    this.call = call;
  }

  /** What a full URL means, and which entry says so. */
  private record Target(ResourceId id, int entry) {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /**
   * From now on an entry's full URL means that resource.
   *
   * @throws OutcomeException 400 when it means another one already
   */
  void add(Entry entry, ResourceId id) {
    if (entry.fullUrl().isEmpty()) {
      return;
    }
    String url = entry.fullUrl().get();
    Target before = targets.putIfAbsent(url, new Target(id, entry.index()));
    if (before == null) {
      entry
          .literal(id.type())
          .ifPresent(
              relative -> relatives.computeIfAbsent(relative, key -> new ArrayList<>(1)).add(url));
    } else if (!before.id.equals(id)) {
      throw entry.bad(
          "has the fullUrl "
              + url
              + ", as Bundle.entry["
              + before.entry
              + "] has: a link to it could mean either");
    }
  }

  private record Place(LinkSink.Kind kind, int start, int end) {}

  /**
   * An entry's resource with its links replaced.
   *
   * @param issues gets what is wrong with the resource
   */
  byte[] resolve(Entry entry, IncomingResource resource, List<Issue> issues) {
    byte[] json = resource.json();
    Optional<String> server = entry.server(resource.type());
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
      Optional<String> other = replaced(json, place, server);
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
  private Optional<String> replaced(byte[] json, Place place, Optional<String> server) {
    if (place.kind == LinkSink.Kind.XHTML) {
      return inMarkup(
          new String(json, place.start, place.end - place.start, StandardCharsets.UTF_8));
    }
    String url =
        new JsonScanner(java.util.Arrays.copyOfRange(json, place.start, place.end), 1).string();
    Optional<Target> target = target(url, server);
    if (target.isPresent()) {
      return Optional.of('"' + target.get().toString() + '"');
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

  private Optional<Target> target(String url, Optional<String> server) {
    Target named = targets.get(url);
    List<String> all = relatives.getOrDefault(url, List.of());
    if (named != null || all.isEmpty()) {
      return Optional.ofNullable(named);
    }
    if (server.isPresent()) {
      return Optional.ofNullable(targets.get(server.get() + '/' + url));
    }
    if (all.size() > 1) {
      throw OutcomeException.of(
          400, "value", "The reference " + url + " could mean any of " + String.join(", ", all));
    }
    return Optional.ofNullable(targets.get(all.getFirst()));
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
    return Optional.of(LINK.matcher(text).replaceAll(this::replaced));
  }

  private String replaced(MatchResult link) {
    Target target = targets.get(link.group(2));
    String quote = link.group(1);
    return Matcher.quoteReplacement(target == null ? link.group() : "=" + quote + target + quote);
  }
}
