package org.skerry.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The node's log: lines on standard error, at the level that the settings name. */
final class Logging {
  private Logging() {}

  static void start(String level) {
    if (LoggerFactory.getLogger("org.skerry") instanceof Logger logger) {
      logger.setLevel(Level.toLevel(level));
    }
  }
}
