package org.skerry.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request within a request: its body is at hand, its answer is kept. One thread. */
final class InnerExchange implements Exchange {
  /** What one answer may take of memory; nobody reads a longer one from within. */
  private static final int LONGEST = 64 << 20;

  private final Exchange outer;
  private final Method method;
  private final Target target;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;
  private final Bounded streamed = new Bounded();
  private Map<String, String> variables = Map.of();
  private Optional<Answer> answer = Optional.empty();
  private Optional<AnswerHead> head = Optional.empty();

  InnerExchange(Exchange outer, InnerRequest request, Method method, Target target) {
    this.outer = outer;
    this.method = method;
    this.target = target;
    this.headers.putAll(request.headers());
    this.body = request.body().orElseGet(() -> new byte[0]);
  }

  /** Fixes where the request goes. */
  void bind(Map<String, String> values) {
    variables = values;
  }

  /** What was answered. */
  Answer answered() {
    return answer.orElseGet(
        () ->
            new Answer(
                head.orElseThrow(() -> new IllegalStateException("no answer to " + target)),
                streamed.toByteArray()));
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
    return target.rawPath();
  }

  @Override
  public Query query() {
    return target.query();
  }

  @Override
  public String rawQuery() {
    return target.rawQuery();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public UserContext user() {
    return outer.user();
  }

  @Override
  public Caller caller() {
    return outer.caller();
  }

  @Override
  public String baseUrl() {
    return outer.baseUrl();
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
    return body;
  }

  @Override
  public void answer(Answer given) {
    answer = Optional.of(given);
  }

  @Override
  public OutputStream stream(AnswerHead given) {
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
