package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.skerry.json.JsonIn;
import org.skerry.store.Properties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What signs session cookies: the configuration's secret, with which several nodes accept each
 * other's cookies; or secrets that the node makes and keeps. Of those a new one takes over each
 * day, and the one before is accepted until the next: a session in use moves to the new one when it
 * is renewed, and a secret that leaked is worth little two days later.
 */
public final class SessionSecrets {
  private static final String PROPERTY = "session_secrets";
  private static final int BYTES = 32;
  private static final Duration DAY = Duration.ofDays(1);
  private static final JsonMapper JSON = JsonIn.mapper();

  /** A secret, and since when it signs. */
  private record Made(byte[] secret, Instant since) {}

  private final Properties properties;
  private final Supplier<AccessSettings> settings;
  private final InstantSource clock;
  private volatile List<Made> made;

  /** Secrets kept in a node's properties. */
  public SessionSecrets(
      Properties properties, Supplier<AccessSettings> settings, InstantSource clock) {
    this.properties = properties;
    this.settings = settings;
    this.clock = clock;
    this.made = properties.get(PROPERTY).map(SessionSecrets::read).orElse(List.of());
  }

  /** The one that signs, then those that are still accepted. */
  List<byte[]> valid() {
    return settings
        .get()
        .sessionSecret()
        .map(text -> List.of(text.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(this::own);
  }

  private List<byte[]> own() {
    List<Made> known = made;
    return (isDue(known) ? roll() : known).stream().map(Made::secret).toList();
  }

  /** Also when the secret was made while the clock was far ahead: else it would live as long. */
  private boolean isDue(List<Made> known) {
    return known.isEmpty()
        || Duration.between(known.getFirst().since, clock.instant()).abs().compareTo(life()) >= 0;
  }

  /** A secret lives longer than the sessions that it signed. */
  private Duration life() {
    Duration session = settings.get().cookie().lifetime();
    return session.compareTo(DAY) > 0 ? session : DAY;
  }

  private synchronized List<Made> roll() {
    if (isDue(made)) {
      byte[] secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      List<Made> next = new ArrayList<>();
      next.add(new Made(secret, clock.instant()));
      made.stream().limit(1).forEach(next::add);
      properties.put(PROPERTY, write(next));
      made = List.copyOf(next);
    }
    return made;
  }

  private static List<Made> read(byte[] json) {
    List<Made> found = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(json)) {
      found.add(
          new Made(
              Base64.getDecoder().decode(entry.path("secret").asString()),
              Instant.ofEpochSecond(entry.path("since").asLong())));
    }
    return List.copyOf(found);
  }

  private static byte[] write(List<Made> secrets) {
    ArrayNode list = JSON.createArrayNode();
    secrets.forEach(
        one ->
            list.addObject()
                .put("secret", Base64.getEncoder().encodeToString(one.secret))
                .put("since", one.since.getEpochSecond()));
    return list.toString().getBytes(StandardCharsets.UTF_8);
  }
}
