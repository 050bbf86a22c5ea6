package org.skerry.http;

import java.util.Optional;

/** What is known of whoever sent a request, before anybody asked for a password. */
public interface Caller {
  /** The first header of that name, in any case. */
  Optional<String> header(String name);

  /** The address the connection comes from; a proxy's, when there is one. */
  String address();

  /** Whether the client reached the node, or the proxy before it, over TLS. */
  boolean secure();
}
