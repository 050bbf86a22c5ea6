package org.skerry.exchange.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to a partner.
 *
 * @param headers besides those by which the node signs in
 */
public record Call(String method, URI url, Map<String, String> headers, Optional<byte[]> body) {
  public Call {
    headers = Map.copyOf(headers);
  }

  /** Reads what stands there. */
  public static Call get(URI url, String accept) {
    return new Call("GET", url, Map.of("Accept", accept), Optional.empty());
  }

  /** Sends what a record says. */
  public static Call with(String method, URI url, String type, byte[] body) {
    return new Call(method, url, Map.of("Accept", type, "Content-Type", type), Optional.of(body));
  }

  /** Removes what stands there. */
  public static Call delete(URI url, String accept) {
    return new Call("DELETE", url, Map.of("Accept", accept), Optional.empty());
  }

  /** The same with one header more. */
  public Call and(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Call(method, url, more, body);
  }
}
