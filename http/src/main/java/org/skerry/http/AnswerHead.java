package org.skerry.http;

import java.util.List;
import java.util.OptionalLong;

/**
 * Status and headers of an answer.
 *
 * @param headers besides those that the kernel sets itself
 * @param length of the body when it is known before
 */
public record AnswerHead(int status, List<Header> headers, OptionalLong length) {
  /** A header's name and value. */
  public record Header(String name, String value) {}

  private static final List<Header> JSON = List.of(new Header("Content-Type", "application/json"));

  public AnswerHead {
    headers = List.copyOf(headers);
  }

  /** JSON of unknown length. */
  public static AnswerHead json(int status) {
    return new AnswerHead(status, JSON, OptionalLong.empty());
  }

  /** A body of another type and of unknown length. */
  public static AnswerHead of(int status, String contentType) {
    return new AnswerHead(status, List.of(), OptionalLong.empty())
        .with("Content-Type", contentType);
  }

  /** The same with one header more. */
  public AnswerHead with(String name, String value) {
    Header[] more = headers.toArray(new Header[headers.size() + 1]);
    more[headers.size()] = new Header(name, value);
    return new AnswerHead(status, List.of(more), length); // not copied once more
  }

  /** The same with a known length. */
  public AnswerHead withLength(long bytes) {
    return new AnswerHead(status, headers, OptionalLong.of(bytes));
  }
}
