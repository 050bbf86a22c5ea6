package org.skerry.exchange.parent;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.skerry.http.HttpProblem;
import org.skerry.http.PercentDecoder;

/** Where wrapped requests may lead: to this node, and there to records and their audit. */
final class OwnPlace {
  private static final String WRAPPERS = "sync2";

  private OwnPlace() {}

  /**
   * Path and query of a URL that leads to this node's {@code /fhir} or {@code /ws/rest}.
   *
   * @param base under which the child reached this node
   * @throws HttpProblem 400 when it is no URL, 403 when it leads elsewhere
   */
  static String target(String url, String base) {
    URI place = uri(url);
    if (place.getRawAuthority() != null && !isSame(place, uri(base))) {
      throw HttpProblem.forbidden(
          "`request.url` leads to another server than the one that was asked");
    }
    String path = place.getRawPath() == null ? "" : place.getRawPath();
    check(path);
    return place.getRawQuery() == null ? path : path + "?" + place.getRawQuery();
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw Wrapper.bad("`request.url` is no URL");
    }
  }

  private static boolean isSame(URI one, URI other) {
    return one.getRawUserInfo() == null
        && host(one).equals(host(other))
        && port(one) == port(other);
  }

  private static String host(URI place) {
    return String.valueOf(place.getHost()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI place) {
    if (place.getPort() >= 0) {
      return place.getPort();
    }
    return "https".equalsIgnoreCase(place.getScheme()) ? 443 : 80;
  }

  /** As the router reads it: segment by segment, decoded, empty ones left out. */
  private static void check(String path) {
    List<String> segments =
        List.of(path.split("/")).stream()
            .filter(segment -> !segment.isEmpty())
            .map(PercentDecoder::decode)
            .toList();
    boolean fhir = segments.size() > 1 && segments.getFirst().equals("fhir");
    boolean rest =
        segments.size() > 2 && segments.get(0).equals("ws") && segments.get(1).equals("rest");
    boolean wrapped = rest && segments.size() == 3 && segments.get(2).equals(WRAPPERS);
    if (!fhir && !rest || wrapped) {
      throw HttpProblem.forbidden(
          "`request.url` must lead to this node's /fhir or /ws/rest, and not to another wrapper");
    }
  }
}
