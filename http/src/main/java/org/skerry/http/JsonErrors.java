package org.skerry.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** CouchDB's error body for requests that are so broken that they never reach the kernel. */
final class JsonErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    byte[] body = body(response.getStatus());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    // Jetty closes the connection behind them, as it does not know where the next request begins,
    // and says so only when asked: clients would send the next one into it.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static byte[] body(int status) {
    return switch (status) {
      case 408 -> ProblemAnswers.body("request_timeout", "The request did not come in time");
      case 414, 431 ->
          ProblemAnswers.body("header_too_large", "The request line or the headers are too long");
      case 500 -> ProblemAnswers.body("internal_server_error", "The node could not answer");
      default -> ProblemAnswers.body("bad_request", HttpStatus.getMessage(status));
    };
  }
}
