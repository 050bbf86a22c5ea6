package org.skerry.http;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The headers that every answer has: clients look for them, so that a proxy and a log can too. */
final class CommonHeaders {
  static final String REQUEST_ID = "X-Couch-Request-ID";
  private static final int LONGEST_REQUEST_ID = 64;
  private static final int REQUEST_ID_BITS = 40;

  private static final HttpField BODY_TIME = new PreEncodedHttpField("X-CouchDB-Body-Time", "0");
  private static final HttpField MUST_REVALIDATE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "must-revalidate");
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

  private final HttpField server;

  CommonHeaders(String version) {
    server = new PreEncodedHttpField(HttpHeader.SERVER, "Skerry/" + version);
  }

  /**
   * Sets all headers of an answer.
   *
   * @param extra from the kernel: CORS, cookies
   * @param own of the endpoint; its {@code Cache-Control} replaces the usual one
   */
  void apply(
      Request request,
      HttpFields.Mutable headers,
      List<AnswerHead.Header> extra,
      List<AnswerHead.Header> own) {
    headers.add(server);
    boolean cacheable = false;
    for (AnswerHead.Header header : own) {
      cacheable |= header.name().equalsIgnoreCase("Cache-Control");
      if (header.name().equals("Content-Type") && header.value().equals(JSON.getValue())) {
        headers.add(JSON);
      } else {
        headers.add(header.name(), header.value());
      }
    }
    if (!cacheable) {
      headers.add(MUST_REVALIDATE);
    }
    for (AnswerHead.Header header : extra) {
      headers.add(header.name(), header.value());
    }
    headers.add(REQUEST_ID, requestId(request.getHeaders().get(REQUEST_ID)));
    headers.add(BODY_TIME);
  }

  /** The client's own id of the request, or 10 random hex digits. */
  private static String requestId(@Nullable String given) {
    if (given != null && !given.isEmpty() && given.length() <= LONGEST_REQUEST_ID) {
      return given;
    }
    long random = ThreadLocalRandom.current().nextLong() >>> (Long.SIZE - REQUEST_ID_BITS);
    String hex = Long.toHexString(1L << REQUEST_ID_BITS | random);
    return hex.substring(1);
  }
}
