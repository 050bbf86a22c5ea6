package org.skerry.http;

import java.util.List;
import java.util.OptionalLong;

/**
 * An answer that fits into memory.
 *
 * @param head its length is taken from the body
 * @param body shared: do not change
 */
public record Answer(AnswerHead head, byte[] body) {
  /** JSON text. */
  public static Answer json(int status, byte[] json) {
    return new Answer(AnswerHead.json(status), json);
  }

  /** No body at all. */
  public static Answer empty(int status) {
    return new Answer(new AnswerHead(status, List.of(), OptionalLong.empty()), new byte[0]);
  }

  /** The same with one header more. */
  public Answer with(String name, String value) {
    return new Answer(head.with(name, value), body);
  }
}
