package org.skerry.replication.http;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Which bodies go to a peer compressed, and whether its answers may come so. A peer says what it
 * takes by {@code Accept-Encoding} in an answer (RFC 7694, section 3); Skerry's say so of each
 * database, and to one that says nothing, as CouchDB, all is sent as it is.
 *
 * <p>For one peer. Any thread may call.
 */
final class Compressing {
  /** What fits into one packet does not travel faster when it is shorter. */
  private static final int SHORTEST = 1400;

  /** On one machine compressing costs more than it saves. */
  private static final Set<String> NEAR = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** One of the encodings that an answer names. */
  private static final Pattern GZIP =
      Pattern.compile("(.*,)?\\s*gzip\\s*(,.*)?", Pattern.CASE_INSENSITIVE);

  private static final int UNSUPPORTED = 415;
  private static final String JSON = "application/json";

  private final boolean far;

  /** Volatile: set by whichever thread reads an answer. */
  private volatile boolean taken;

  /** Volatile, as {@link #taken}; for good, since something on the way knows no encodings. */
  private volatile boolean refused;

  /**
   * For that peer.
   *
   * @param host as its URL has it
   */
  Compressing(String host) {
    this.far = !NEAR.contains(host);
  }

  /** Says what answers may come. */
  void ask(HttpUriRequestBase message) {
    if (!far) {
      message.addHeader("Accept-Encoding", "identity");
    }
  }

  /** A body in the form in which it is sent. */
  HttpEntity form(HttpEntity body) {
    boolean isLong = body.getContentLength() > SHORTEST;
    boolean isJson = JSON.equals(body.getContentType());
    return far && taken && !refused && isLong && isJson ? new GzipCompressingEntity(body) : body;
  }

  /** Learns what the peer takes, from any of its answers. */
  void answered(ClassicHttpResponse response) {
    Header encodings = response.getFirstHeader("Accept-Encoding");
    if (encodings != null && encodings.getValue() != null) {
      taken = GZIP.matcher(encodings.getValue()).matches();
    }
  }

  /**
   * Whether an answer refuses the form of a body and not what is in it. From then on all is sent as
   * it is, beginning with this.
   */
  boolean refuses(int status, HttpUriRequestBase message) {
    HttpEntity sent = message.getEntity();
    boolean odd = status == UNSUPPORTED && sent != null && sent.getContentEncoding() != null;
    refused |= odd;
    return odd;
  }
}
