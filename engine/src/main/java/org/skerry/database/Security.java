package org.skerry.database;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A database's {@code _security}: who may read and write (members), and who may administer
 * (admins). Members without any name or role mean that every signed-in user is one; a server
 * administrator ({@code _admin}) may everything.
 */
public final class Security {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final String SERVER_ADMIN = "_admin";

  /** A new database: closed to all but server administrators, as in CouchDB 3. */
  public static final Security DEFAULT =
      parse(
          "{\"members\":{\"roles\":[\"_admin\"]},\"admins\":{\"roles\":[\"_admin\"]}}"
              .getBytes(StandardCharsets.UTF_8));

  private final byte[] json;
  private final Group members;
  private final Group admins;

  private Security(byte[] json, Group members, Group admins) {
    this.json = json;
    this.members = members;
    this.admins = admins;
  }

  /** Users by name and by role. */
  private record Group(Set<String> names, Set<String> roles) {
    boolean isEmpty() {
      return names.isEmpty() && roles.isEmpty();
    }

    boolean has(String user, Set<String> userRoles) {
      return names.contains(user) || userRoles.stream().anyMatch(roles::contains);
    }
  }

  /**
   * Reads a security object; members unknown here are kept.
   *
   * @throws InvalidSecurityException with CouchDB's reason when it has another shape
   */
  public static Security parse(byte[] json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new InvalidSecurityException("invalid UTF-8 JSON", e);
    }
    if (!root.isObject()) {
      throw new InvalidSecurityException("Request body must be a JSON object");
    }
    return new Security(json, group(root, "members"), group(root, "admins"));
  }

  private static Group group(JsonNode root, String name) {
    JsonNode group = root.path(name);
    if (!group.isMissingNode() && !group.isObject()) {
      throw new InvalidSecurityException(name + " must be a JSON object");
    }
    return new Group(texts(group, name, "names"), texts(group, name, "roles"));
  }

  private static Set<String> texts(JsonNode group, String groupName, String name) {
    JsonNode list = group.path(name);
    Set<String> found = new HashSet<>();
    for (JsonNode text : list) {
      found.add(text.isString() ? text.asString() : "");
    }
    if (!list.isMissingNode() && !list.isArray() || found.remove("")) {
      throw new InvalidSecurityException(
          groupName + "." + name + " must be a JSON list of strings");
    }
    return Set.copyOf(found);
  }

  /** The object as it was given. Shared: do not change. */
  public byte[] json() {
    return json;
  }

  /** Whether a user may read and write. */
  public boolean isMember(String user, Set<String> roles) {
    return isAdmin(user, roles) || members.isEmpty() || members.has(user, roles);
  }

  /** Whether a user may change design documents and the database's settings. */
  public boolean isAdmin(String user, Set<String> roles) {
    return roles.contains(SERVER_ADMIN) || admins.has(user, roles);
  }
}
