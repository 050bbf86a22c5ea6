package org.skerry.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The UTF-8 bytes of a JSON object without members that begin with an underscore, exactly as its
 * author wrote them; {@link #KEPT} are the exceptions. Whoever makes one vouches for that; {@link
 * DocumentReader} does so for input.
 */
public final class Body {
  /** The body of a document without members, and of most tombstones. */
  public static final Body EMPTY = new Body("{}".getBytes(StandardCharsets.UTF_8));

  /**
   * Members that a replicator writes into the documents that ask for replications. CouchDB keeps
   * them in the body of any document ({@code couch_doc:transfer_fields}).
   */
  public static final Set<String> KEPT =
      Set.of(
          "_replication_id",
          "_replication_state",
          "_replication_state_time",
          "_replication_state_reason",
          "_replication_stats");

  private final byte[] json;

  private Body(byte[] json) {
    this.json = json;
  }

  /** A body of bytes known to be good. They are shared: do not change them. */
  public static Body ofTrusted(byte[] json) {
    return json.length == 2 ? EMPTY : new Body(json);
  }

  /**
   * Reads a body from text.
   *
   * @throws BadDocumentException when it is no JSON object, or has members that begin with an
   *     underscore
   */
  public static Body parse(String json) {
    return DocumentReader.readBody(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The object's bytes. Shared: do not change. */
  public byte[] json() {
    return json;
  }

  /** Whether the object has no members. */
  public boolean isEmpty() {
    for (int i = 1; i < json.length - 1; i++) {
      if (json[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Body other && Arrays.equals(json, other.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
