package org.skerry.fhir.bundle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.KeptExchange;
import org.skerry.http.Method;
import org.skerry.http.Query;

/** An entry's request, made by whoever sent the bundle; its answer is kept. One thread. */
final class EntryExchange extends KeptExchange {
  private final Entry entry;

  EntryExchange(Exchange outer, Entry entry, Map<String, String> variables) {
    super(outer, headers(outer, entry), entry.resource().orElseGet(() -> new byte[0]));
    this.entry = entry;
    bind(variables);
  }

  private static Map<String, String> headers(Exchange outer, Entry entry) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/fhir+json");
    headers.put("Content-Type", "application/fhir+json");
    headers.put("Prefer", outer.header("Prefer").orElse("return=minimal"));
    Map.of("ifMatch", "If-Match", "ifNoneMatch", "If-None-Match", "ifNoneExist", "If-None-Exist")
        .forEach(
            (member, header) ->
                entry.request().text(member).ifPresent(value -> headers.put(header, value)));
    return headers;
  }

  @Override
  public Method method() {
    return entry.method();
  }

  @Override
  public String rawPath() {
    return outer().rawPath() + '/' + entry.path();
  }

  @Override
  public Query query() {
    return Query.of(Query.parseForm(entry.query()));
  }

  @Override
  public String rawQuery() {
    return entry.query();
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
