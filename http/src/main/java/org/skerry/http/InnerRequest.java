package org.skerry.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request that an endpoint makes of its own node, on behalf of whoever asked it.
 *
 * @param method as in HTTP; HEAD is not among them
 * @param target path and query, encoded, as they would stand in a request line
 * @param headers by names in any case
 */
public record InnerRequest(
    String method, String target, Map<String, String> headers, Optional<byte[]> body) {
  public InnerRequest {
    headers = Map.copyOf(headers);
  }
}
