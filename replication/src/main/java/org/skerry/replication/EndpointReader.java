package org.skerry.replication;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Endpoint.Credentials;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code source} and {@code target}: a local name, a URL, or an object of {@code url}, {@code
 * headers} and {@code auth.basic}. No message repeats a URL that may have a password in it.
 */
final class EndpointReader {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private EndpointReader() {}

  static Endpoint read(JsonNode node) {
    if (node.isString()) {
      return ofText(node.asString(), Map.of(), Optional.empty());
    }
    if (!node.isObject() || !node.path("url").isString()) {
      throw new InvalidReplicationException(
          "must be a database's name, its URL, or an object with `url`");
    }
    return ofText(node.path("url").asString(), headers(node.path("headers")), basic(node));
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> header : node.properties()) {
      String value = header.getValue().asString("");
      boolean clean = value.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
      if (!header.getValue().isString() || !clean) {
        throw new InvalidReplicationException(
            "header '" + header.getKey() + "' must be a string of one line");
      }
      headers.put(header.getKey().toLowerCase(Locale.ROOT), value);
    }
    return headers;
  }

  private static Optional<Credentials> basic(JsonNode node) {
    JsonNode basic = node.path("auth").path("basic");
    if (basic.isMissingNode() || basic.isNull()) {
      return Optional.empty();
    }
    if (!basic.path("username").isString() || !basic.path("password").isString()) {
      throw new InvalidReplicationException("`auth.basic` needs `username` and `password`");
    }
    return Optional.of(
        new Credentials(basic.path("username").asString(), basic.path("password").asString()));
  }

  private static Endpoint ofText(
      String text, Map<String, String> headers, Optional<Credentials> credentials) {
    if (!text.contains("://")) {
      if (text.isEmpty() || !headers.isEmpty() || credentials.isPresent()) {
        throw new InvalidReplicationException(
            "a local database is given by its name alone; everything else needs http:// or"
                + " https://");
      }
      return new Endpoint.Local(text);
    }
    URI uri = uri(text);
    Optional<Credentials> found =
        credentials.or(
            () -> Optional.ofNullable(uri.getRawUserInfo()).map(EndpointReader::userInfo));
    return new Endpoint.Remote(withoutUserInfo(uri), found, headers);
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidReplicationException("is no valid URL: " + e.getReason());
    }
    boolean known =
        uri.getScheme() != null && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    if (!known || uri.getHost() == null) {
      throw new InvalidReplicationException("must begin with http:// or https:// and a host");
    }
    if (uri.getRawPath() == null || uri.getRawPath().replace("/", "").isEmpty()) {
      throw new InvalidReplicationException("names no database: the URL has no path");
    }
    return uri;
  }

  /** A name and a password as they stand in a URL. */
  static Credentials userInfo(String raw) {
    int colon = raw.indexOf(':');
    String user = colon < 0 ? raw : raw.substring(0, colon);
    return new Credentials(decode(user), colon < 0 ? "" : decode(raw.substring(colon + 1)));
  }

  /** Percent-decoding alone: in a user's name a plus is a plus. */
  private static String decode(String text) {
    byte[] bytes = new byte[text.length() * 3];
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '%' && i + 2 < utf8.length) {
        bytes[length++] =
            (byte) (Character.digit(utf8[i + 1], 16) << 4 | Character.digit(utf8[i + 2], 16));
        i += 2;
      } else {
        bytes[length++] = utf8[i];
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static URI withoutUserInfo(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
    String path = uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
  }
}
