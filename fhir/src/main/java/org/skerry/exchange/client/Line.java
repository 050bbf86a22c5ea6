package org.skerry.exchange.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocumentLimits;

/**
 * Asks a partner. What says nothing about a single record (nobody answers, the password is wrong, a
 * proxy has no server behind it) is {@link PartnerDownException}; every other answer is the
 * caller's to judge. Redirections are not followed: they would take the password elsewhere.
 */
public final class Line {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int LONGEST = 64 << 20;

  /** Of what was asked together: a smaller part can be asked for. */
  private static final int LONGEST_OF_MANY = 8 << 20;

  private static final Set<Integer> DOWN = Set.of(401, 403, 407, 408, 429, 502, 503, 504);

  /** What a partner says of itself by refusing many, too. */
  private static final Set<Integer> STRANGER = Set.of(401, 407);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String instance;
  private final String client;
  private final ClientSettings settings;
  private final DocumentLimits limits;
  private final Notes notes;

  /**
   * A line to a partner.
   *
   * @param instance what this node calls itself there
   * @param client whose line it is
   */
  public Line(
      String instance, String client, ClientSettings settings, DocumentLimits limits, Notes notes) {
    this.instance = instance;
    this.client = client;
    this.settings = settings;
    this.limits = limits;
    this.notes = notes;
  }

  public ClientSettings settings() {
    return settings;
  }

  /** What documents may be. */
  public DocumentLimits limits() {
    return limits;
  }

  /** Whether requests are wrapped: then the partner may not hear their headers. */
  public boolean isWrapped() {
    return settings.wrapper().isPresent();
  }

  /** What stands at an address that the partner named. */
  public Reply get(String url, String accept) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException e) {
      throw new PartnerDownException("it names an address that is none: " + url);
    }
    if (!settings.hosts(address)) {
      throw new PartnerDownException("it sends elsewhere, and is not followed: " + url);
    }
    return ask(Call.get(address, accept));
  }

  /**
   * The answer to a request that stands for several, each of which is noted by {@link #note}. The
   * partner may refuse it as such, or have a proxy that does not wait for it: that says nothing
   * about their records, or about the partner.
   *
   * @throws TooLongException when fewer may have an answer
   * @throws PartnerDownException when there is none
   */
  public Reply askForMany(Call call) {
    Reply reply = send(call, LONGEST_OF_MANY);
    if (STRANGER.contains(reply.status())) {
      throw new PartnerDownException(call.url() + ": " + reply.said());
    }
    return reply;
  }

  /** Notes one of the requests that went together. */
  public void note(RecordId id, Call call, Reply reply) {
    notes.add(id, Noted.of(call, reply.status(), reply.body()));
  }

  /**
   * The answer to a request.
   *
   * @throws PartnerDownException when there is none that says anything about a record
   */
  public Reply ask(Call call) {
    Call sent =
        settings
            .wrapper()
            .map(place -> Wrapping.wrap(call, place, instance, client, className()))
            .orElse(call);
    Reply reply;
    try {
      reply = send(sent, LONGEST);
    } catch (PartnerDownException e) {
      notes.add(Noted.of(call, 0, new byte[0]));
      throw e;
    }
    notes.add(Noted.of(call, reply.status(), reply.body()));
    if (DOWN.contains(reply.status())) {
      throw new PartnerDownException(call.url() + ": " + reply.said());
    }
    return reply;
  }

  private String className() {
    String type = notes.subject().map(RecordId::type).orElse("");
    return settings.classes().getOrDefault(type, type);
  }

  private Reply send(Call call, int longest) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.url())
            .timeout(ANSWER)
            .method(call.method(), publisher(call.body()));
    call.headers().forEach(request::header);
    settings
        .credentials()
        .authorization()
        .ifPresent(value -> request.header("Authorization", value));
    settings.credentials().cookie().ifPresent(value -> request.header("Cookie", value));
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(longest);
        if (bytes.length == longest) {
          throw new TooLongException(
              "its answer is longer than " + longest + " bytes: " + call.url());
        }
        return new Reply(answer.statusCode(), answer.headers().firstValue("ETag"), bytes);
      }
    } catch (HttpTimeoutException e) {
      throw new TooLongException("no answer within " + ANSWER + " from " + call.url());
    } catch (IOException e) {
      throw new PartnerDownException(
          "nobody answers at "
              + call.url()
              + ": "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartnerDownException("the node ends");
    }
  }

  private static BodyPublisher publisher(Optional<byte[]> body) {
    return body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
  }
}
