package org.skerry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** An exchange that notes something before an answer that is no refusal. */
public record NotingExchange(Exchange exchange, Runnable note) implements Exchange {
  private static final int REFUSED = 400;

  @Override
  public void answer(Answer answer) throws IOException {
    noteUnlessRefused(answer.head());
    exchange.answer(answer);
  }

  @Override
  public OutputStream stream(AnswerHead head) throws IOException {
    noteUnlessRefused(head);
    return exchange.stream(head);
  }

  private void noteUnlessRefused(AnswerHead head) {
    if (head.status() < REFUSED) {
      note.run();
    }
  }

  @Override
  public Method method() {
    return exchange.method();
  }

  @Override
  public boolean isHead() {
    return exchange.isHead();
  }

  @Override
  public String variable(String name) {
    return exchange.variable(name);
  }

  @Override
  public String rawPath() {
    return exchange.rawPath();
  }

  @Override
  public Query query() {
    return exchange.query();
  }

  @Override
  public String rawQuery() {
    return exchange.rawQuery();
  }

  @Override
  public Optional<String> header(String name) {
    return exchange.header(name);
  }

  @Override
  public Map<String, String> headers() {
    return exchange.headers();
  }

  @Override
  public UserContext user() {
    return exchange.user();
  }

  @Override
  public Caller caller() {
    return exchange.caller();
  }

  @Override
  public String baseUrl() {
    return exchange.baseUrl();
  }

  @Override
  public InputStream body() {
    return exchange.body();
  }

  @Override
  public InputStream encodedBody() {
    return exchange.encodedBody();
  }

  @Override
  public byte[] readBody() throws IOException {
    return exchange.readBody();
  }
}
