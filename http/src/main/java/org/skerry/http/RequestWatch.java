package org.skerry.http;

import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Times requests around the kernel, and tells who listens. */
final class RequestWatch extends Handler.Wrapper {
  /** Under this attribute the kernel leaves who sent the request. */
  static final String USER = "skerry.user";

  /** Volatile: set once, while requests may come already. */
  private volatile RequestListener listener = RequestListener.NONE;

  RequestWatch(Handler kernel) {
    super(kernel);
  }

  void listener(RequestListener next) {
    listener = next;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long start = System.nanoTime();
    try {
      return super.handle(request, response, callback);
    } finally {
      long nanos = System.nanoTime() - start;
      String id = response.getHeaders().get(CommonHeaders.REQUEST_ID);
      listener.finished(
          new FinishedRequest(
              id == null ? "" : id,
              request.getMethod(),
              request.getHttpURI().getPath(),
              Optional.ofNullable((String) request.getAttribute(USER)),
              Request.getRemoteAddr(request),
              response.getStatus(),
              nanos));
    }
  }
}
