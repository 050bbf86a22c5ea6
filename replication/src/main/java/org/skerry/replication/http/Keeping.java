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
 * breaks the next request; where that can be sent again it is, over another connection. A peer that
 * never answered twice over one connection gets a new one for each request from then on: what
 * cannot be sent again, as attachments that are read meanwhile, would not get through.
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

  // Volatile: found out by one thread and asked by several; found out twice it is the same.
  private volatile boolean keeps;
  private volatile boolean hangsUp;

  /** Whether each request needs a connection of its own. */
  boolean hangsUp() {
    return hangsUp;
  }

  /** The peer has answered. */
  void answered(HttpClientContext context) {
    EndpointDetails over = context.getEndpointDetails();
    if (over != null && over.getResponseCount() > 1) {
      keeps = true;
    } else if (context.getAttribute(AGAIN) != null) {
      hangsUp = !keeps;
    }
  }

  /** A request was broken off. */
  void broken(IOException why, HttpClientContext context) {
    if (isHungUp(why, context)) {
      hangsUp = !keeps;
    }
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
