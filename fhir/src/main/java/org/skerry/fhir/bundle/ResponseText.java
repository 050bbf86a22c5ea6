package org.skerry.fhir.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.skerry.http.Answer;
import tools.jackson.core.io.JsonStringEncoder;

/** The bundle that answers a bundle, an entry for each entry. One thread. */
final class ResponseText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean first = true;

  ResponseText(String type) {
    text("{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[");
  }

  /** An entry from the answer to its request. */
  void add(Answer answer) {
    begin();
    boolean failed = answer.head().status() >= 400;
    if (answer.body().length > 0 && !failed) {
      text("\"resource\":");
      out.writeBytes(answer.body());
      text(",");
    }
    text("\"response\":{\"status\":\"" + status(answer.head().status()) + '"');
    member("location", EntryExchange.header(answer, "Location"));
    member("etag", EntryExchange.header(answer, "ETag"));
    member(
        "lastModified", EntryExchange.header(answer, "Last-Modified").map(ResponseText::instant));
    if (failed && answer.body().length > 0) {
      text(",\"outcome\":");
      out.writeBytes(answer.body());
    }
    text("}}");
  }

  /** An entry that was written. */
  void add(int status, String location, String etag, String lastModified, Optional<byte[]> shown) {
    begin();
    shown.ifPresent(
        json -> {
          text("\"resource\":");
          out.writeBytes(json);
          text(",");
        });
    text("\"response\":{\"status\":\"" + status(status) + '"');
    member("location", Optional.of(location).filter(text -> !text.isEmpty()));
    member("etag", Optional.of(etag).filter(text -> !text.isEmpty()));
    member("lastModified", Optional.of(lastModified).filter(text -> !text.isEmpty()));
    text("}}");
  }

  private void begin() {
    text(first ? "{" : ",{");
    first = false;
  }

  private void member(String name, Optional<String> value) {
    value.ifPresent(
        text ->
            text(
                ",\""
                    + name
                    + "\":\""
                    + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                    + '"'));
  }

  /** A header's time as FHIR has it. */
  private static String instant(String header) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)).toString();
  }

  private static String status(int status) {
    return switch (status) {
      case 200 -> "200 OK";
      case 201 -> "201 Created";
      case 204 -> "204 No Content";
      case 304 -> "304 Not Modified";
      case 400 -> "400 Bad Request";
      case 404 -> "404 Not Found";
      case 409 -> "409 Conflict";
      case 410 -> "410 Gone";
      case 412 -> "412 Precondition Failed";
      default -> Integer.toString(status);
    };
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] finish() {
    text("]}");
    return out.toByteArray();
  }
}
