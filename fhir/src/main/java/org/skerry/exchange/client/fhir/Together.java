package org.skerry.exchange.client.fhir;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.exchange.client.Call;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Reply;
import org.skerry.exchange.client.TooLongException;
import org.skerry.fhir.resource.Json;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Several requests as one, a batch (http://hl7.org/fhir/R4/http.html#transaction), where the
 * partner takes any. Only answers that say something certain about a resource count: in a batch, a
 * server may refuse a resource because another one of the same batch is not there yet, so what is
 * refused is to be asked alone. Wrapped requests are not put together: who wraps them names the
 * kind of resource. One thread.
 */
final class Together {
  /** Few enough that little is done again when the line breaks. */
  private static final int MOST = 50;

  /** Proxies refuse requests of more than a megabyte, if nobody told them otherwise. */
  private static final int MOST_BYTES = 512 << 10;

  private final Line line;

  /** None when the partner takes no batches. */
  private int most;

  Together(Line line) {
    this.line = line;
    this.most = line.isWrapped() ? 0 : MOST;
  }

  /** Whether a request is small enough to go with others. */
  static boolean takes(Call call) {
    return call.body().filter(body -> body.length > MOST_BYTES).isEmpty();
  }

  /** What the partner answers to calls, to as many as it answered for certain. */
  Map<RecordId, Reply> ask(Map<RecordId, Call> calls) {
    Map<RecordId, Reply> answers = new LinkedHashMap<>();
    Map<RecordId, Call> some = new LinkedHashMap<>();
    int bytes = 0;
    for (Map.Entry<RecordId, Call> one : calls.entrySet()) {
      int length = one.getValue().body().map(body -> body.length).orElse(0);
      if (some.size() >= most || bytes + length > MOST_BYTES) {
        batch(some, answers);
        some.clear();
        bytes = 0;
      }
      some.put(one.getKey(), one.getValue());
      bytes += length;
    }
    batch(some, answers);
    return answers;
  }

  private void batch(Map<RecordId, Call> calls, Map<RecordId, Reply> answers) {
    if (most == 0 || calls.size() < 2) {
      return;
    }
    URI base = URI.create(line.settings().base().toString());
    Call call =
        Call.with("POST", base, FhirClient.FHIR, bundle(calls)).and("Prefer", "return=minimal");
    List<Reply> replies;
    try {
      replies = replies(line.askForMany(call));
    } catch (TooLongException e) {
      most /= 2;
      return;
    }
    if (replies.size() != calls.size()) {
      most = 0;
      return;
    }
    int at = 0;
    for (Map.Entry<RecordId, Call> one : calls.entrySet()) {
      Reply reply = replies.get(at++);
      if (isCertain(one.getValue(), reply)) {
        line.note(one.getKey(), one.getValue(), reply);
        answers.put(one.getKey(), reply);
      }
    }
  }

  /**
   * Without a version's name, the next change could not be sent for the version on which it stands:
   * the record goes again alone, and what is there is found to be the same.
   */
  private static boolean isCertain(Call call, Reply reply) {
    return call.method().equals("GET")
        ? reply.isMissing() || reply.isSuccess() && reply.body().length > 0
        : reply.isSuccess() && reply.version().isPresent() || reply.status() == 412;
  }

  private byte[] bundle(Map<RecordId, Call> calls) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[");
    String separator = "";
    for (Map.Entry<RecordId, Call> one : calls.entrySet()) {
      Call call = one.getValue();
      text(out, separator + "{\"request\":{\"method\":\"" + call.method() + '"');
      member(out, "url", Optional.of(one.getKey().toString()));
      member(out, "ifMatch", Optional.ofNullable(call.headers().get("If-Match")));
      member(out, "ifNoneMatch", Optional.ofNullable(call.headers().get("If-None-Match")));
      text(out, "}");
      call.body()
          .ifPresent(
              json -> {
                member(out, "fullUrl", Optional.of(call.url().toString()));
                text(out, ",\"resource\":");
                out.writeBytes(json);
              });
      text(out, "}");
      separator = ",";
    }
    text(out, "]}");
    return out.toByteArray();
  }

  private static void member(ByteArrayOutputStream out, String name, Optional<String> value) {
    value.ifPresent(
        text ->
            text(
                out,
                ",\""
                    + name
                    + "\":\""
                    + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                    + '"'));
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The answers in the order of the requests; none where the partner takes no batches. */
  private static List<Reply> replies(Reply reply) {
    List<Reply> replies = new ArrayList<>();
    if (!reply.isSuccess()) {
      return replies;
    }
    try {
      Json bundle = Json.object(reply.body());
      if (bundle.text("type").orElse("").equals("batch-response")) {
        for (byte[] entry : bundle.elements("entry")) {
          replies.add(reply(Json.object(entry)));
        }
      }
      return replies;
    } catch (BadDocumentException e) {
      return List.of();
    }
  }

  private static Reply reply(Json entry) {
    Optional<Json> response = entry.child("response");
    String status = response.flatMap(said -> said.text("status")).orElse("").strip();
    Optional<String> located =
        response
            .flatMap(said -> said.text("location"))
            .filter(place -> place.contains("/_history/"))
            .map(place -> place.substring(place.lastIndexOf('/') + 1));
    return new Reply(
        status.matches("[1-5][0-9]{2}.*") ? Integer.parseInt(status.substring(0, 3)) : 0,
        response.flatMap(said -> said.text("etag")).or(() -> located),
        entry
            .value("resource")
            .or(() -> response.flatMap(said -> said.value("outcome")))
            .orElseGet(() -> new byte[0]));
  }
}
