package org.skerry.server.demo;

import java.security.SecureRandom;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Who may use a site. */
record Credentials(String user, String password) {
  private static final int RANDOM_BYTES = 12;

  /** An administrator's, with a new password. */
  static Credentials random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Credentials("admin", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** As the end of a replication names them. */
  ObjectNode auth() {
    ObjectNode auth = Json.object();
    auth.putObject("basic").put("username", user).put("password", password);
    return auth;
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]"; // never the password
  }
}
