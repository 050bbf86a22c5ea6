package org.skerry.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request within a request, made by whoever sent the outer one: its body is at hand, its answer
 * is kept. One thread.
 */
public abstract class KeptExchange implements Exchange {
  /** What one answer may take of memory; nobody reads a longer one from within. */
  private static final int LONGEST = 64 << 20;

  private final Exchange outer;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;
  private final Bounded streamed = new Bounded();
  private Map<String, String> variables = Map.of();
  private Optional<Answer> answer = Optional.empty();
  private Optional<AnswerHead> head = Optional.empty();

  /** A request with those headers. */
  protected KeptExchange(Exchange outer, Map<String, String> headers, byte[] body) {
    this.outer = outer;
    this.headers.putAll(headers);
    this.body = body;
  }

  /** The request in which this one stands. */
  protected final Exchange outer() {
    return outer;
  }

  /** Fixes where the request goes. */
  protected final void bind(Map<String, String> values) {
    variables = Map.copyOf(values);
  }

  /** What was answered. */
  public final Answer answered() {
    return answer.orElseGet(
        () ->
            new Answer(
                head.orElseThrow(() -> new IllegalStateException("no answer to " + rawPath())),
                streamed.toByteArray()));
  }

  @Override
  public final boolean isHead() {
    return false;
  }

  @Override
  public final String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  @Override
  public final Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public final Map<String, String> headers() {
    return headers;
  }

  @Override
  public final UserContext user() {
    return outer.user();
  }

  @Override
  public final Caller caller() {
    return outer.caller();
  }

  @Override
  public final String baseUrl() {
    return outer.baseUrl();
  }

  @Override
  public final InputStream body() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public final InputStream encodedBody() {
    return body();
  }

  @Override
  public final byte[] readBody() {
    return body;
  }

  @Override
  public final void answer(Answer given) {
    answer = Optional.of(given);
  }

  @Override
  public final OutputStream stream(AnswerHead given) {
    head = Optional.of(given);
    return streamed;
  }

  /** Refuses to grow without end. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      check(1);
      kept.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      check(length);
      kept.write(bytes, from, length);
    }

    private void check(int more) {
      if (kept.size() + more > LONGEST) {
        throw HttpProblem.tooLarge(
            "the answer is longer than " + LONGEST + " bytes: ask for it directly");
      }
    }

    byte[] toByteArray() {
      return kept.toByteArray();
    }
  }
}
