package org.skerry.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request without a network. What is flushed can be watched as it comes; after {@link #hangUp}
 * writing throws, as when a client is gone.
 */
public final class FakeExchange implements Exchange {
  private final Method method;
  private final String rawPath;
  private final Query query;
  private final Map<String, String> headers;
  private final Map<String, String> variables;
  private final UserContext user;
  private final byte[] body;

  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
  private final BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
  private @Nullable AnswerHead head;
  private boolean closed;

  /** Read by the thread that answers, written by the test. */
  private volatile boolean gone;

  /** A request; header names in any case. */
  public FakeExchange(
      Method method,
      String rawPath,
      Query query,
      Map<String, String> headers,
      Map<String, String> variables,
      UserContext user,
      byte[] body) {
    this.method = method;
    this.rawPath = rawPath;
    this.query = query;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.variables = Map.copyOf(variables);
    this.user = user;
    this.body = body.clone();
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public boolean isHead() {
    return false;
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  @Override
  public String rawPath() {
    return rawPath;
  }

  @Override
  public Query query() {
    return query;
  }

  @Override
  public String rawQuery() {
    return query.all().entrySet().stream()
        .map(pair -> encoded(pair.getKey()) + '=' + encoded(pair.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  @Override
  public UserContext user() {
    return user;
  }

  @Override
  public Caller caller() {
    return new FakeCaller();
  }

  @Override
  public String baseUrl() {
    return "http://node.test";
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public InputStream encodedBody() {
    return body();
  }

  @Override
  public byte[] readBody() {
    return body.clone();
  }

  @Override
  public void answer(Answer answer) throws IOException {
    try (OutputStream stream = stream(answer.head())) {
      stream.write(answer.body());
    }
  }

  @Override
  public OutputStream stream(AnswerHead answerHead) {
    if (head != null) {
      throw new IllegalStateException("answered twice");
    }
    head = answerHead;
    return new Sent();
  }

  /** From now on writing throws. */
  public void hangUp() {
    gone = true;
  }

  /** Whether an answer was begun. */
  public boolean isAnswered() {
    return head != null;
  }

  /** Whether the answer was ended as a whole. */
  public boolean isClosed() {
    return closed;
  }

  public int status() {
    return sentHead().status();
  }

  /** A header of the answer. */
  public Optional<String> sentHeader(String name) {
    return sentHead().headers().stream()
        .filter(
            header -> header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .map(AnswerHead.Header::value)
        .findFirst();
  }

  private AnswerHead sentHead() {
    AnswerHead sent = head;
    if (sent == null) {
      throw new IllegalStateException("not answered");
    }
    return sent;
  }

  /** The answer's body; call it when the handler has returned. */
  public byte[] sentBytes() {
    return answered.toByteArray();
  }

  /** Waits for the next flush, and gives what it sent. */
  public String awaitFlush() throws InterruptedException {
    return flushed.take();
  }

  /** Counts what is sent, and hands it over when it is flushed. */
  private final class Sent extends OutputStream {
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (gone) {
        throw new IOException("the client is gone");
      }
      answered.write(bytes, offset, length);
      pending.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (gone) {
        throw new IOException("the client is gone");
      }
      flushed.add(pending.toString(StandardCharsets.UTF_8));
      pending.reset();
    }

    @Override
    public void close() throws IOException {
      flush();
      closed = true;
    }
  }

  /** This machine, in clear text. */
  private final class FakeCaller implements Caller {
    @Override
    public Optional<String> header(String name) {
      return FakeExchange.this.header(name);
    }

    @Override
    public String address() {
      return "127.0.0.1";
    }

    @Override
    public boolean secure() {
      return false;
    }
  }
}
