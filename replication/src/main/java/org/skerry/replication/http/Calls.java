package org.skerry.replication.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.util.Timeout;
import org.skerry.changes.SinceTokens;
import org.skerry.json.JsonIn;
import org.skerry.multipart.MultipartException;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Endpoint.Credentials;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Proxy;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to one database and reads its answers. The one place that knows credentials, and
 * the one that turns what goes wrong into a {@link PeerException}.
 */
final class Calls {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int LARGEST_ERROR = 4 * 1024;
  private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
  private static final int PROXY_WANTS_LOGIN = 407;

  private final CloseableHttpClient client;
  private final Endpoint.Remote endpoint;
  private final HttpHost host;
  private final RequestConfig config;
  private final Duration silence;
  private final Keeping keeping = new Keeping();
  private final Compressing compressing;

  /**
   * Calls to that database.
   *
   * @param silence how long it may take nothing of what it is sent
   */
  Calls(CloseableHttpClient client, Endpoint.Remote endpoint, Duration silence) {
    this.client = client;
    this.silence = silence;
    this.endpoint = endpoint;
    URI url = endpoint.url();
    this.compressing = new Compressing(url.getHost());
    this.host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    // Logins are said at once, by message(); the client itself signs in only where it opens a
    // tunnel. Compressed answers are understood whether or not they were asked for.
    this.config =
        RequestConfig.custom()
            .setContentCompressionEnabled(true)
            .setAuthenticationEnabled(url.getScheme().equals("https"))
            .setResponseTimeout(Timeout.of(HttpPeers.SILENCE))
            .build();
  }

  /** Reads an answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  /**
   * An answer: a status, and a body that can be read once.
   *
   * @param location where it sends on to, if it does
   * @param retryAfter how long the peer wants to be left alone, if it says so
   * @param updateSeq where the database's feed ends, if it says so
   * @param hangUp closes the connection
   */
  record Answer(
      int status,
      String contentType,
      Optional<String> location,
      Optional<Duration> retryAfter,
      Optional<String> updateSeq,
      InputStream body,
      Runnable hangUp) {
    boolean isGood() {
      return status >= 200 && status < 300;
    }

    /** Nobody wants more of the body; how much there is, nobody knows. */
    void leave() {
      hangUp.run();
    }

    /** The same, given up where it comes too slowly to end. */
    Answer paced() {
      InputStream slow = new Pace(body, System::nanoTime);
      return new Answer(status, contentType, location, retryAfter, updateSeq, slow, hangUp);
    }

    /** The whole body as JSON. */
    JsonNode json() throws IOException {
      return MAPPER.readTree(bytes());
    }

    byte[] bytes() throws IOException {
      byte[] bytes = body.readNBytes(LARGEST_ANSWER);
      if (bytes.length == LARGEST_ANSWER) {
        throw new OddAnswerException("the answer is larger than " + LARGEST_ANSWER + " bytes");
      }
      return bytes;
    }
  }

  /** An answer that stays open until somebody closes it. */
  record OpenAnswer(Answer answer, ClassicHttpResponse response) implements AutoCloseable {
    @Override
    public void close() {
      try {
        response.close();
      } catch (IOException e) {
        // The connection is gone, which is what was wanted.
        return;
      }
    }
  }

  /** Names the peer in messages. */
  String name() {
    return endpoint.name();
  }

  /** What became of a request. */
  private sealed interface Outcome<T> {
    /** It was answered. */
    record Read<T>(T what) implements Outcome<T> {}

    /** It is to be sent again. */
    record Later<T>(Duration pause) implements Outcome<T> {}
  }

  /** Sends a request and reads its answer, whatever its status; again where it is throttled. */
  <T> T call(Request request, Reader<T> reader) {
    Throttle throttle = new Throttle();
    while (true) {
      switch (call(request, reader, throttle)) {
        case Outcome.Read<T>(T what) -> {
          return what;
        }
        case Outcome.Later<T>(Duration pause) -> rest(request, pause);
      }
    }
  }

  private void rest(Request request, Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException(
          Kind.FAILING, request.name() + " at " + name() + " was to be sent later", e);
    }
  }

  private <T> Outcome<T> call(Request request, Reader<T> reader, Throttle throttle) {
    HttpUriRequestBase message = message(request);
    HttpClientContext context = HttpClientContext.create();
    try {
      return client.execute(
          host,
          message,
          context,
          response -> {
            answered(message);
            keeping.answered(context);
            Answer answer = answer(response, message::abort);
            compressing.answered(response);
            Optional<Duration> pause =
                compressing.refuses(answer.status(), message)
                    ? Optional.of(Duration.ZERO)
                    : throttle.pause(request, answer);
            return pause.isPresent()
                ? new Outcome.Later<T>(pause.get())
                : new Outcome.Read<T>(read(request.isFeed() ? answer : answer.paced(), reader));
          });
    } catch (IOException e) {
      keeping.broken(e, context);
      throw broken(request, message.getEntity() instanceof Sending sent ? sent.why(e) : e);
    } catch (JacksonIOException e) {
      IOException why = e.getCause() instanceof IOException line ? line : new IOException(e);
      keeping.broken(why, context);
      throw broken(request, why);
    } catch (JacksonException e) {
      throw nonsense(request, e.getOriginalMessage(), e);
    } finally {
      answered(message);
    }
  }

  /** What a reader has given up is not read to its end, which may never come. */
  private static <T> T read(Answer answer, Reader<T> reader) throws IOException {
    boolean done = false;
    try {
      T read = reader.read(answer);
      done = true;
      return read;
    } finally {
      if (!done) {
        answer.leave();
      }
    }
  }

  private static void answered(HttpUriRequestBase message) {
    if (message.getEntity() instanceof Sending sending) {
      sending.over();
    }
  }

  /** Sends a request whose answer goes on. */
  OpenAnswer open(Request request) {
    HttpUriRequestBase message = message(request);
    try {
      ClassicHttpResponse response = client.executeOpen(host, message, null);
      return new OpenAnswer(answer(response, message::abort), response);
    } catch (IOException e) {
      throw broken(request, e);
    } finally {
      answered(message);
    }
  }

  private static Answer answer(ClassicHttpResponse response, Runnable hangUp) throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    String type = entity == null ? "" : String.valueOf(entity.getContentType());
    return new Answer(
        response.getCode(),
        type,
        header(response, "Location"),
        RetryAfter.of(response),
        header(response, SinceTokens.HEADER),
        body,
        hangUp);
  }

  static Optional<String> header(HttpMessage answer, String name) {
    return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
  }

  private HttpUriRequestBase message(Request request) {
    String path = endpoint.url().getRawPath() + request.path();
    HttpUriRequestBase message = message(request.method(), path);
    message.addHeader("Accept", request.accept());
    compressing.ask(message);
    if (keeping.needsOwn()) {
      message.setHeader("Connection", "close");
    }
    endpoint.headers().forEach(message::setHeader);
    endpoint.credentials().ifPresent(known -> message.setHeader("Authorization", basic(known)));
    forProxy().ifPresent(known -> message.setHeader("Proxy-Authorization", basic(known)));
    request
        .body()
        .map(compressing::form)
        .map(body -> new Sending(body, silence, HttpPeers.SILENCE, message::abort))
        .ifPresent(message::setEntity);
    return message;
  }

  /** Said at once, because a body that is streamed cannot be sent a second time. */
  private Optional<Credentials> forProxy() {
    // Through a tunnel it would reach the peer; opening the tunnel is the client's affair.
    return endpoint.url().getScheme().equals("http")
        ? endpoint
            .manner()
            .proxy()
            .filter(proxy -> proxy.protocol() != Proxy.Protocol.SOCKS5)
            .flatMap(Proxy::credentials)
        : Optional.empty();
  }

  private static String basic(Credentials known) {
    byte[] both = (known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private HttpUriRequestBase message(String method, String path) {
    URI url = endpoint.url();
    HttpUriRequestBase message =
        new HttpUriRequestBase(
            method, URI.create(url.getScheme() + "://" + url.getRawAuthority() + path));
    message.setConfig(config);
    return message;
  }

  /** What an answer of an unexpected status means. */
  PeerException unexpected(Request request, Answer answer) {
    return unexpected(request, answer, said(answer));
  }

  /** The same where what it said was read already. */
  PeerException unexpected(Request request, Answer answer, String words) {
    int status = answer.status();
    String said = status == PROXY_WANTS_LOGIN ? loginForProxy() : words;
    Kind kind =
        switch (status) {
          case 401, 403, PROXY_WANTS_LOGIN -> Kind.DENIED;
          case 404 -> Kind.NO_DATABASE;
          case 408, 425, 429 -> Kind.FAILING;
          case 400, 405, 406, 415, 501 -> Kind.UNSUPPORTED;
          default -> status >= 500 ? Kind.FAILING : Kind.NONSENSE;
        };
    return new PeerException(
        kind,
        request.name() + " at " + name() + " was answered " + status + ": " + said,
        answer.retryAfter().filter(asked -> kind == Kind.FAILING).orElse(Duration.ZERO));
  }

  /** What it says itself is a page for people, about itself and not about the peer. */
  private String loginForProxy() {
    boolean known = endpoint.manner().proxy().flatMap(Proxy::credentials).isPresent();
    return "the proxy wants a login"
        + (known
            ? ", and does not accept the one that its URL has"
            : ": write NAME:PASSWORD@ before its host");
  }

  /** The error and the reason of an answer, or its first words, or where it sends on to. */
  static String said(Answer answer) {
    if (answer.status() >= 300 && answer.status() < 400 && answer.location().isPresent()) {
      // Not followed: credentials would go to a place that nobody named.
      return "it redirects to " + answer.location().get() + "; if that is the one, write its URL";
    }
    byte[] body;
    try {
      body = answer.body().readNBytes(LARGEST_ERROR);
    } catch (IOException e) {
      return "(no reason: the answer broke off)";
    }
    try {
      JsonNode json = MAPPER.readTree(body);
      return json.path("error").asString("") + ": " + json.path("reason").asString("");
    } catch (JacksonException e) {
      String text = new String(body, 0, Math.min(200, body.length), StandardCharsets.UTF_8);
      return text.replaceAll("\\s+", " ");
    }
  }

  PeerException broken(Request request, IOException e) {
    if (e.getCause() instanceof PeerException known) {
      return known;
    }
    boolean odd = e instanceof MultipartException || e instanceof OddAnswerException;
    return new PeerException(
        odd ? Kind.NONSENSE : Kind.UNREACHABLE,
        request.name()
            + " at "
            + name()
            + ": "
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage(),
        e);
  }

  PeerException nonsense(Request request, String what, Exception cause) {
    return new PeerException(
        Kind.NONSENSE,
        request.name()
            + " at "
            + name()
            + " was answered with something else than expected: "
            + what,
        cause);
  }
}
