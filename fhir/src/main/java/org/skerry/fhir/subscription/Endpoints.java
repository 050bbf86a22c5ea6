package org.skerry.fhir.subscription;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Where subscriptions may send to. Nobody, until an administrator says so. */
final class Endpoints {
  private Endpoints() {}

  /**
   * The address that a subscription names.
   *
   * @param allowed beginnings of URLs
   * @throws InvalidSubscriptionException when it is none, or is not allowed
   */
  static URI check(String text, List<String> allowed) {
    URI url;
    try {
      url = new URI(text).normalize();
    } catch (URISyntaxException e) {
      throw new InvalidSubscriptionException("channel.endpoint is no URL");
    }
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
      throw new InvalidSubscriptionException(
          "channel.endpoint is no http or https URL without a user");
    }
    if (allowed.stream().noneMatch(prefix -> begins(url, URI.create(prefix)))) {
      throw new InvalidSubscriptionException(
          "channel.endpoint is not among those that an administrator allows"
              + " (fhir/subscription_endpoints)");
    }
    return url;
  }

  private static boolean begins(URI url, URI prefix) {
    String path = url.getPath();
    // What is left of dots after normalising leads above the root.
    return url.getScheme().equals(prefix.getScheme())
        && url.getHost().equalsIgnoreCase(prefix.getHost())
        && port(url) == port(prefix)
        && !path.contains("..")
        && (path + "/").startsWith(withSlash(prefix.getPath()));
  }

  private static String withSlash(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
  }
}
