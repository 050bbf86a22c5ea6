package org.skerry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What nodes of tests have otherwise than others: passwords that are hashed in a moment. The usual
 * hash takes half a second of a fast processor, or many of a slow one without the big compiler,
 * which is longer than some clients wait.
 */
public final class QuickSettings {
  private QuickSettings() {}

  /** A file of settings, which is removed when the tests end. */
  public static Path file() throws IOException {
    Path file = Files.createTempFile("skerry-quick", ".toml");
    file.toFile().deleteOnExit();
    return Files.writeString(file, "[couchdb.chttpd_auth]\niterations = 10\n");
  }
}
