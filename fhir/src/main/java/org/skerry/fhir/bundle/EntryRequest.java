package org.skerry.fhir.bundle;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.skerry.http.Answer;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;

/** An entry as a request of its own. One thread. */
final class EntryRequest implements SubRequests.Request {
  private final Exchange outer;
  private final Entry entry;
  private @Nullable EntryExchange exchange;

  EntryRequest(Exchange outer, Entry entry) {
    this.outer = outer;
    this.entry = entry;
  }

  @Override
  public Method method() {
    return entry.method();
  }

  @Override
  public List<String> segments() {
    try {
      return Arrays.stream(entry.segments())
          .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
          .toList();
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest(
          "bad_request", "the url of an entry is wrongly encoded: " + e.getMessage());
    }
  }

  @Override
  public Exchange exchange(Map<String, String> variables) {
    EntryExchange made = new EntryExchange(outer, entry, variables);
    exchange = made;
    return made;
  }

  @Override
  public Answer answer() {
    EntryExchange made = exchange;
    if (made == null) {
      throw new IllegalStateException("the request was not asked");
    }
    return made.answered();
  }
}
