package org.skerry.replication.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Whether a peer keeps its connections. One that hangs up behind an answer without having said so
 * breaks the next request; where that can be sent again it is, over another connection. What cannot
 * be sent again, as attachments that are read meanwhile, would not get through to a peer that does
 * so each time: one that never answered twice over one connection gets a new one for each request.
 * One that did gets them for some requests behind each hanging up, twice as many as behind the one
 * before, until it does again.
 *
 * <p>Any thread may call.
 */
final class Keeping {
  /** All that a replication asks says the same when it is asked twice. */
  static final HttpRequestRetryStrategy ONCE_MORE =
      new HttpRequestRetryStrategy() {
        @Override
        public boolean retryRequest(
            HttpRequest request, IOException broken, int count, HttpContext context) {
          boolean again = count == 1 && isHungUp(broken, HttpClientContext.cast(context));
          if (again) {
            context.setAttribute(AGAIN, Boolean.TRUE);
          }
          return again;
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
          return false;
        }

        @Override
        public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
          return TimeValue.ZERO_MILLISECONDS;
        }
      };

  private static final String AGAIN = "skerry.again";

  private static final int FEWEST = 8;
  private static final int MOST = 1 << 14;

  /** How many requests get connections of their own behind the next hanging up. */
  private int next = MOST;

  /** How many still do. */
  private int left;

  /** Whether the request that begins needs a connection of its own. */
  synchronized boolean needsOwn() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /** The peer has answered. */
  void answered(HttpClientContext context) {
    EndpointDetails over = context.getEndpointDetails();
    if (over != null && over.getResponseCount() > 1) {
      kept();
    } else if (context.getAttribute(AGAIN) != null) {
      hungUp();
    }
  }

  /** A request was broken off. */
  void broken(IOException why, HttpClientContext context) {
    if (isHungUp(why, context)) {
      hungUp();
    }
  }

  private synchronized void kept() {
    next = FEWEST;
  }

  private synchronized void hungUp() {
    left = next;
    next = Math.min(2 * next, MOST);
  }

  /** Whether a connection over which an answer had come was closed before the next. */
  private static boolean isHungUp(IOException why, HttpClientContext context) {
    boolean closed =
        why instanceof NoHttpResponseException
            || why instanceof SocketException
                && !(why instanceof ConnectException)
                && !(why instanceof NoRouteToHostException);
    EndpointDetails over = context.getEndpointDetails();
    return closed && over != null && over.getResponseCount() > 0;
  }
}
