package org.skerry.exchange.client.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.BadDocumentException;
import org.skerry.document.JsonScanner;
import org.skerry.exchange.client.RecordId;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page of a history, as a FHIR server sends it. Its resources are cut out as they stand, so that
 * numbers keep their digits.
 *
 * @param entries those that can be understood
 * @param shown how many there are
 * @param total how many all pages have together, if the server says so
 * @param next where the next page is
 * @param newest the latest {@code lastUpdated} in it
 */
record BundlePage(
    List<Entry> entries,
    int shown,
    OptionalLong total,
    Optional<String> next,
    Optional<Instant> newest) {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int MAX_DEPTH = 500;
  private static final Pattern PLACE =
      Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\\-.]{1,64})(/_history/([^/?]+))?$");

  /** One change of a resource. */
  record Entry(RecordId id, boolean deleted, Optional<String> version, Optional<byte[]> resource) {}

  /**
   * Reads a bundle.
   *
   * @throws BadDocumentException when it is none
   */
  static BundlePage read(byte[] json) {
    List<Entry> entries = new ArrayList<>();
    Optional<String> next = Optional.empty();
    Optional<Instant> newest = Optional.empty();
    OptionalLong total = OptionalLong.empty();
    int shown = 0;
    JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      switch (scanner.name()) {
        case "link" -> next = next(MAPPER.readTree(value(json, scanner)));
        case "total" -> total = OptionalLong.of(MAPPER.readTree(value(json, scanner)).asLong(0));
        case "entry" -> {
          scanner.enterArray();
          for (boolean head = true; scanner.element(head); head = false) {
            shown++;
            RawEntry raw = RawEntry.read(value(json, scanner));
            raw.entry().ifPresent(entries::add);
            newest = later(newest, raw.updated());
          }
        }
        default -> scanner.skipValue();
      }
    }
    return new BundlePage(entries, shown, total, next, newest);
  }

  private static Optional<Instant> later(Optional<Instant> newest, String updated) {
    try {
      Instant time = OffsetDateTime.parse(updated).toInstant();
      return newest.filter(before -> before.isAfter(time)).or(() -> Optional.of(time));
    } catch (DateTimeException e) {
      // An entry without its time moves nothing: it is read again next time.
      return newest;
    }
  }

  private static byte[] value(byte[] json, JsonScanner scanner) {
    scanner.peek();
    int start = scanner.position();
    scanner.skipValue();
    return Arrays.copyOfRange(json, start, scanner.position());
  }

  private static Optional<String> next(JsonNode links) {
    for (JsonNode link : links) {
      if (link.path("relation").asString("").equals("next")) {
        return Optional.of(link.path("url").asString(""));
      }
    }
    return Optional.empty();
  }

  /** The members of an entry, before they are understood. */
  private record RawEntry(
      String method, String place, String tag, String updated, Optional<byte[]> resource) {

    static RawEntry read(byte[] json) {
      Optional<byte[]> resource = Optional.empty();
      JsonScanner scanner = new JsonScanner(json, MAX_DEPTH);
      scanner.enterObject();
      JsonNode request = MAPPER.missingNode();
      JsonNode response = MAPPER.missingNode();
      String full = "";
      for (boolean first = true; scanner.member(first); first = false) {
        switch (scanner.name()) {
          case "resource" -> resource = Optional.of(value(json, scanner));
          case "request" -> request = MAPPER.readTree(value(json, scanner));
          case "response" -> response = MAPPER.readTree(value(json, scanner));
          case "fullUrl" -> full = MAPPER.readTree(value(json, scanner)).asString("");
          default -> scanner.skipValue();
        }
      }
      String place = request.path("url").asString("");
      String updated = response.path("lastModified").asString("");
      if (resource.isPresent() && updated.isEmpty()) {
        updated = MAPPER.readTree(resource.get()).path("meta").path("lastUpdated").asString("");
      }
      return new RawEntry(
          request.path("method").asString(""),
          PLACE.matcher(place).find() ? place : full,
          response.path("etag").asString(""),
          updated,
          resource);
    }

    Optional<Entry> entry() {
      boolean deleted = method.equals("DELETE") || resource.isEmpty();
      return (deleted ? Optional.<Entry>empty() : named()).or(() -> placed(deleted));
    }

    /** By what the resource says of itself. */
    private Optional<Entry> named() {
      try {
        IncomingResource incoming = IncomingResource.read(resource.orElseThrow());
        return incoming
            .id()
            .flatMap(id -> RecordId.parse(incoming.type() + "/" + id))
            .map(id -> new Entry(id, false, incoming.versionId().or(this::version), resource));
      } catch (BadDocumentException e) {
        // Set aside under the name by which the bundle calls it.
        return Optional.empty();
      }
    }

    private Optional<Entry> placed(boolean deleted) {
      Matcher matcher = PLACE.matcher(place);
      return matcher.find()
          ? RecordId.parse(matcher.group(1) + "/" + matcher.group(2))
              .map(
                  id ->
                      new Entry(
                          id,
                          deleted,
                          version().or(() -> Optional.ofNullable(matcher.group(4))),
                          resource))
          : Optional.empty();
    }

    private Optional<String> version() {
      return Optional.of(tag.replaceFirst("^W/", "").replace("\"", ""))
          .filter(text -> !text.isEmpty());
    }
  }
}
