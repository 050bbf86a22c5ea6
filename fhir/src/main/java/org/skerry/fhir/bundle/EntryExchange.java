package org.skerry.fhir.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Caller;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.http.Query;
import org.skerry.http.UserContext;

/** An entry's request, made by whoever sent the bundle; its answer is kept. One thread. */
final class EntryExchange implements Exchange {
  private final Exchange outer;
  private final Entry entry;
  private final Map<String, String> variables;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream streamed = new ByteArrayOutputStream();
  private Optional<Answer> answer = Optional.empty();
  private Optional<AnswerHead> head = Optional.empty();

  EntryExchange(Exchange outer, Entry entry, Map<String, String> variables) {
    this.outer = outer;
    this.entry = entry;
    this.variables = Map.copyOf(variables);
    headers.put("Accept", "application/fhir+json");
    headers.put("Content-Type", "application/fhir+json");
    headers.put("Prefer", outer.header("Prefer").orElse("return=minimal"));
    copy("ifMatch", "If-Match");
    copy("ifNoneMatch", "If-None-Match");
    copy("ifNoneExist", "If-None-Exist");
  }

  private void copy(String member, String header) {
    entry.request().text(member).ifPresent(value -> headers.put(header, value));
  }

  /** What was answered. */
  Answer answer() {
    return answer.orElseGet(
        () ->
            new Answer(
                head.orElseThrow(() -> new IllegalStateException("an entry without an answer")),
                streamed.toByteArray()));
  }

  @Override
  public Method method() {
    return entry.method();
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
    return outer.rawPath() + '/' + entry.path();
  }

  @Override
  public Query query() {
    return Query.of(Query.parseForm(entry.query()));
  }

  @Override
  public String rawQuery() {
    return entry.query();
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
    return new ByteArrayInputStream(readBody());
  }

  @Override
  public InputStream encodedBody() {
    return body();
  }

  @Override
  public byte[] readBody() {
    return entry.resource().orElse(new byte[0]);
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

  /** The headers of the answer. */
  static Optional<String> header(Answer answer, String name) {
    List<AnswerHead.Header> headers = answer.head().headers();
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(AnswerHead.Header::value)
        .findFirst();
  }
}
