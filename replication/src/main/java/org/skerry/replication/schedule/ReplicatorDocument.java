package org.skerry.replication.schedule;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.skerry.database.Author;
import org.skerry.json.JsonIn;
import org.skerry.replication.InvalidReplicationException;
import org.skerry.replication.Origin;
import org.skerry.replication.ReplicationSpec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a document of a replicator database says. */
final class ReplicatorDocument {
  /** What stands before the host in a URL: perhaps with a password. */
  private static final Pattern USER_INFO = Pattern.compile("://([^/@:]*):[^/]*@");

  private static final JsonMapper MAPPER =
      JsonIn.builder()
          // A document that is written back keeps its numbers.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ReplicatorDocument() {}

  /** The members of a body, which is an object. */
  static ObjectNode tree(byte[] body) {
    return (ObjectNode) MAPPER.readTree(body);
  }

  /** The state that was written into it, or nothing. */
  static Optional<String> state(ObjectNode json) {
    return text(json, StateWriter.STATE);
  }

  /**
   * Whether nothing follows: it is not to be run (again). What CouchDB before 2.1 wrote while a
   * replication ran says nothing.
   */
  static boolean isFinal(ObjectNode json) {
    return state(json)
        .filter(word -> word.equals("completed") || word.equals("failed"))
        .isPresent();
  }

  /**
   * What it asks for.
   *
   * @throws InvalidReplicationException with all that is wrong
   */
  static ReplicationSpec parse(ObjectNode json) {
    return ReplicationSpec.parse(json).by(author(json));
  }

  /** What it asks for, if that can be understood. */
  static Optional<ReplicationSpec> spec(ObjectNode json) {
    try {
      return Optional.of(parse(json));
    } catch (InvalidReplicationException e) {
      return Optional.empty();
    }
  }

  /** A member that is a text. */
  static Optional<String> text(JsonNode json, String name) {
    JsonNode found = json.path(name);
    return found.isString() ? Optional.of(found.asString()) : Optional.empty();
  }

  /**
   * In whose name databases of this node are read and written: the user whom an administrator has
   * named, or else the node itself, because only administrators can ask for that.
   */
  static Author author(ObjectNode json) {
    JsonNode context = json.path("user_ctx");
    if (!context.isObject()) {
      return Author.SYSTEM;
    }
    Set<String> roles = new HashSet<>();
    context.path("roles").forEach(role -> roles.add(role.asString("")));
    return new Author(text(context, "name"), roles);
  }

  /** Who asks. */
  static Origin origin(DocumentKey key, ObjectNode json) {
    return Origin.document(key.database(), key.document(), text(json.path("user_ctx"), "name"));
  }

  /** How people call an end, without credentials, even where it cannot be understood. */
  static Optional<String> name(JsonNode endpoint) {
    String text = endpoint.path("url").asString(endpoint.asString(""));
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(USER_INFO.matcher(text).replaceFirst("://$1:*****@"));
  }
}
