package org.skerry.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/**
 * The node's log on standard error, at the level and in the form that the settings name: lines for
 * people, or an object of JSON a line, for programs.
 */
final class Logging {
  static final String JSON = "json";

  private Logging() {}

  static void start(String level) {
    if (LoggerFactory.getLogger("org.skerry") instanceof Logger logger) {
      logger.setLevel(Level.toLevel(level));
    }
  }

  static void start(String level, String format) {
    start(level);
    if (format.equals(JSON) && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      inJson(context);
    }
  }

  private static void inJson(LoggerContext context) {
    Appender<ILoggingEvent> found =
        context
            .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
            .getAppender(LogToStandardError.APPENDER);
    if (found instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithSequenceNumber(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithContext(false);
      encoder.setWithFormattedMessage(true);
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      encoder.start();
      console.stop();
      console.setEncoder(encoder);
      console.start();
    }
  }
}
