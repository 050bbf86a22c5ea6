package org.skerry.http.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.config.ConfigView;

/**
 * What the section {@code jwt_auth} asks of a token.
 *
 * @param required claims that must be there, with the value they must have if one is named
 * @param rolesPath where in the claims the roles stand
 * @param leeway how far the clock of whoever issued a token may be from this node's
 */
record JwtSettings(
    JwtKeys keys, Map<String, Optional<String>> required, List<String> rolesPath, Duration leeway) {
  /**
   * Seconds. CouchDB allows nothing ({@code jwtf:assert_past}), and a token that was issued this
   * moment by a machine two seconds ahead is refused there. As in most libraries: enough for clocks
   * that are set by the network, and little beside the life of a token.
   */
  private static final long USUAL_LEEWAY = 60;

  /** RFC 7519, 4.1.4: "usually no more than a few minutes". */
  private static final long MOST_LEEWAY = 600;

  /** A name, or in CouchDB's notation a pair: {@code exp, {iss, "issuer"}}. */
  private static final Pattern CLAIM =
      Pattern.compile("\\{\\s*([a-z_]+)\\s*,\\s*\"([^\"]+)\"\\s*}|([a-z_]+)");

  private static final String ROLES = "_couchdb.roles";

  static JwtSettings of(ConfigView view) {
    Map<String, Optional<String>> required = new LinkedHashMap<>();
    // Without exp a token that leaked is good for ever, so that is the default.
    Matcher matcher = CLAIM.matcher(view.get("jwt_auth", "required_claims").orElse("exp"));
    while (matcher.find()) {
      if (matcher.group(3) == null) {
        required.put(matcher.group(1), Optional.of(matcher.group(2)));
      } else {
        required.put(matcher.group(3), Optional.empty());
      }
    }
    List<String> path =
        view.get("jwt_auth", "roles_claim_path")
            .filter(text -> !text.isBlank())
            .map(JwtSettings::path)
            .orElseGet(
                () -> List.of(view.get("jwt_auth", "roles_claim_name").orElse(ROLES).strip()));
    long leeway = Math.clamp(view.number("jwt_auth", "leeway", USUAL_LEEWAY), 0, MOST_LEEWAY);
    return new JwtSettings(JwtKeys.of(view), required, path, Duration.ofSeconds(leeway));
  }

  /** Parts between dots; a dot behind a backslash belongs to its part. */
  private static List<String> path(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.strip().split("(?<!\\\\)\\.")) {
      parts.add(part.replace("\\.", "."));
    }
    return List.copyOf(parts);
  }
}
