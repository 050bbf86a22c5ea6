package org.skerry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a partner. What says nothing about a single record (nobody answers, the password is wrong, a
 * proxy has no server behind it) is {@link PartnerDownException}; every other answer is the
 * caller's to judge. Redirections are not followed: they would take the password elsewhere.
 */
final class PartnerClient {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int LONGEST = 64 << 20;
  private static final Set<Integer> DOWN = Set.of(401, 403, 407, 408, 429, 502, 503, 504);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Partner partner;

  PartnerClient(Partner partner) {
    this.partner = partner;
  }

  /**
   * An answer.
   *
   * @param tag the entity tag, as the partner wrote it
   */
  record Reply(int status, Optional<String> tag, byte[] body) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The version that an entity tag names: what stands between the quotes. */
    Optional<String> version() {
      return tag.map(text -> text.replaceFirst("^W/", "").replace("\"", ""))
          .filter(text -> !text.isEmpty());
    }

    /** The beginning of what the partner said, for people. */
    String said() {
      int length = Math.min(body.length, 500);
      return status + " " + new String(body, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** What stands at an address that the partner named. */
  Reply get(String url, String accept) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      throw new PartnerDownException("it names an address that is none: " + url);
    }
    if (!partner.hosts(address)) {
      throw new PartnerDownException("it sends elsewhere, and is not followed: " + url);
    }
    return get(address, accept);
  }

  Reply get(URI url, String accept) {
    return send(url, HttpRequest.newBuilder(url).GET().header("Accept", accept));
  }

  Reply put(URI url, byte[] json, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .PUT(BodyPublishers.ofByteArray(json))
            .header("Content-Type", "application/fhir+json; charset=utf-8")
            .header("Accept", "application/fhir+json");
    headers.forEach(request::header);
    return send(url, request);
  }

  Reply delete(URI url, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).DELETE().header("Accept", "application/fhir+json");
    headers.forEach(request::header);
    return send(url, request);
  }

  private Reply send(URI url, HttpRequest.Builder request) {
    partner
        .credentials()
        .authorization()
        .ifPresent(value -> request.header("Authorization", value));
    partner.credentials().cookie().ifPresent(value -> request.header("Cookie", value));
    Reply reply;
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(LONGEST);
        if (bytes.length == LONGEST) {
          throw new PartnerDownException("its answer is longer than " + LONGEST + " bytes: " + url);
        }
        reply = new Reply(answer.statusCode(), answer.headers().firstValue("ETag"), bytes);
      }
    } catch (IOException e) {
      throw new PartnerDownException(
          "nobody answers at " + url + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartnerDownException("the node ends");
    }
    if (DOWN.contains(reply.status())) {
      throw new PartnerDownException(url + ": " + reply.said());
    }
    return reply;
  }
}
