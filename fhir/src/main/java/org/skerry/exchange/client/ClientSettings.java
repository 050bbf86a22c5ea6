package org.skerry.exchange.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a partner's description says of one of its clients.
 *
 * @param base below which records are, without a slash at the end
 * @param wrapper by which the partner makes requests of itself; nothing when it is asked directly
 * @param credentials for either
 * @param classes OpenMRS's names of types, for wrappers
 * @param more members that are this client's own
 */
public record ClientSettings(
    URI base,
    Optional<URI> wrapper,
    Credentials credentials,
    Map<String, String> classes,
    JsonNode more) {
  public ClientSettings {
    classes = Map.copyOf(classes);
  }

  /** Whether a URL leads to a host of this client's. */
  public boolean hosts(URI url) {
    return isSame(base, url) || wrapper.filter(place -> isSame(place, url)).isPresent();
  }

  /** Whether two URLs lead to the same host. */
  public static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(String.valueOf(other.getScheme()))
        && String.valueOf(one.getRawAuthority())
            .equalsIgnoreCase(String.valueOf(other.getRawAuthority()));
  }
}
