package org.skerry.database;

/** A name that no database may have; the message is CouchDB's reason. */
public final class InvalidDatabaseNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidDatabaseNameException(String name) {
    super(
        "Name: '"
            + (name.length() <= 240 ? name : name.substring(0, 240) + "…")
            + "'. Only lowercase characters (a-z), digits (0-9), and any of the characters"
            + " _, $, (, ), +, -, and / are allowed. Must begin with a letter.");
  }
}
