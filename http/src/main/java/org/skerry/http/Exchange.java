package org.skerry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** One request and its answer. Used by the one thread that handles it. */
public interface Exchange {
  Method method();

  /** Whether the client asked for HEAD: whatever body is answered is counted and not sent. */
  boolean isHead();

  /**
   * What stands in the place of {@code {name}} in the route's pattern, decoded; {@code +} is a
   * space.
   */
  String variable(String name);

  /** The path as it came, not decoded. */
  String rawPath();

  Query query();

  /** The query as it came, not decoded and without the question mark; empty when there is none. */
  String rawQuery();

  /** The first header of that name, in any case. */
  Optional<String> header(String name);

  /** All headers; of one that came several times the values, parted by commas. */
  Map<String, String> headers();

  UserContext user();

  /** What is known of the sender besides the user: for endpoints that sign users in. */
  Caller caller();

  /** Scheme and authority under which the client reached this node, without a slash at the end. */
  String baseUrl();

  /**
   * The request's body, unzipped when it came with {@code Content-Encoding: gzip}. Reading throws
   * {@link IOException} when it ends before its length, and {@link HttpProblem} (413) when it is
   * longer than the limit.
   */
  InputStream body();

  /**
   * The request's body as it came, encoded if it is; for those who keep it so. Otherwise as {@link
   * #body}, instead of which it is read.
   */
  InputStream encodedBody();

  /** The whole body; the limit for bodies that are held in memory applies. */
  byte[] readBody() throws IOException;

  /** Sends a small answer. */
  void answer(Answer answer) throws IOException;

  /**
   * Begins an answer of any length. What is written goes out when a buffer is full, and on {@code
   * flush}; closing the stream ends the answer. Writing throws {@link IOException} when the client
   * is gone. Not closing it cuts the answer off, so that the client sees that it is not whole; so
   * do not open it in the head of a {@code try}, which would close it after a failure too.
   */
  OutputStream stream(AnswerHead head) throws IOException;
}
