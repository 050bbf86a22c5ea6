package org.skerry.http.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Users as documents of {@code _users} keep them. */
public final class UserDocuments {
  /** What the ids of users begin with. */
  public static final String PREFIX = "org.couchdb.user:";

  /** Keeps the digits of numbers that are not ours. */
  public static final JsonMapper JSON =
      JsonIn.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private UserDocuments() {}

  /** The user's name in a document's id. */
  public static Optional<String> name(String id) {
    return id.startsWith(PREFIX) && id.length() > PREFIX.length()
        ? Optional.of(id.substring(PREFIX.length()))
        : Optional.empty();
  }

  /**
   * The user of a document's body, if they may sign in by password. Roles of the system are the
   * configuration's to give, whatever a document says that came from elsewhere.
   */
  static Optional<UserDirectory.KnownUser> read(String name, byte[] body) {
    JsonNode document;
    try {
      document = JSON.readTree(body);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!document.path("name").asString("").equals(name)
        || !document.path("type").asString("").equals("user")) {
      return Optional.empty();
    }
    return hash(document).map(hash -> new UserDirectory.KnownUser(name, roles(document), hash));
  }

  private static Set<String> roles(JsonNode document) {
    Set<String> roles = new TreeSet<>();
    for (JsonNode role : document.path("roles")) {
      if (role.isString() && (!role.asString().startsWith("_") || isMetrics(role.asString()))) {
        roles.add(role.asString());
      }
    }
    return roles;
  }

  /** The one role of the system that CouchDB lets documents give: reading figures, no data. */
  static boolean isMetrics(String role) {
    return role.equals("_metrics");
  }

  private static Optional<PasswordHash> hash(JsonNode document) {
    String salt = document.path("salt").asString("");
    return PasswordHash.Scheme.of(document.path("password_scheme").asString("simple"))
        .flatMap(
            scheme ->
                scheme == PasswordHash.Scheme.SIMPLE
                    ? PasswordHash.of(
                        scheme,
                        PasswordHash.Function.SHA1,
                        document.path("password_sha").asString(""),
                        salt,
                        1)
                    : PasswordHash.Function.of(document.path("pbkdf2_prf").asString("sha"))
                        .flatMap(
                            function ->
                                PasswordHash.of(
                                    scheme,
                                    function,
                                    document.path("derived_key").asString(""),
                                    salt,
                                    document.path("iterations").asInt(0))));
  }

  /** The document with another hash in the place of a password, or of the hash there is. */
  static void put(ObjectNode document, PasswordHash hash) {
    document.remove(List.of("password", "password_sha"));
    document.put("password_scheme", hash.scheme().text());
    document.put("pbkdf2_prf", hash.function().text());
    document.put("iterations", hash.iterations());
    document.put("derived_key", hash.derivedKey());
    document.put("salt", hash.salt());
  }
}
