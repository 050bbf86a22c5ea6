package org.skerry.postgres.row;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skerry.document.Body;

/**
 * What a row says as members of a document: raw JSON by member, in the members' order.
 *
 * @param canonical the same where JSON's spelling does not matter
 */
public record Rendered(SortedMap<String, String> members, SortedMap<String, String> canonical) {
  private static final int HASH_BYTES = 16;

  public Rendered {
    members = new TreeMap<>(members);
    canonical = new TreeMap<>(canonical);
  }

  /** The same for two rows that say the same. */
  public String hash() {
    MessageDigest digest = sha256();
    canonical.forEach(
        (member, json) -> {
          digest.update(Values.quoted(member).getBytes(StandardCharsets.UTF_8));
          digest.update(json.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
        });
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }

  /**
   * The body of a revision that says this.
   *
   * @param previous the one that it follows: members that this table does not have stay in it
   */
  public Body body(Optional<Body> previous) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('{');
    members.forEach((member, value) -> append(json, member, value));
    previous.ifPresent(
        body ->
            RawMembers.of(body)
                .forEach(
                    (member, value) -> {
                      if (!members.containsKey(member)) {
                        append(json, member, value);
                      }
                    }));
    json.write('}');
    return Body.ofTrusted(json.toByteArray());
  }

  /** Whether a body says the same of these members. */
  public boolean isSaidBy(Body body) {
    Map<String, String> there = RawMembers.of(body);
    return members.entrySet().stream()
        .allMatch(member -> member.getValue().equals(there.get(member.getKey())));
  }

  private static void append(ByteArrayOutputStream json, String member, String value) {
    if (json.size() > 1) {
      json.write(',');
    }
    json.writeBytes((Values.quoted(member) + ':').getBytes(StandardCharsets.UTF_8));
    json.writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
