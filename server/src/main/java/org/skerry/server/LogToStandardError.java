package org.skerry.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.stream.Stream;

/**
 * How the log begins, before anybody read settings: lines on standard error; libraries speak up
 * when something is wrong. Whoever has a {@code logback.xml} of their own keeps it. This is none
 * because reading one takes an XML parser, which a node needs for nothing else.
 *
 * <p>Logback finds it as a service.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogToStandardError extends ContextAwareBase implements Configurator {
  static final String APPENDER = "STDERR";
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %msg %kvp%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (isConfiguredOtherwise()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    begin(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void begin(LoggerContext context) {
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern(LINE);
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(APPENDER);
    console.setTarget("System.err");
    console.setEncoder(lines);
    console.start();
    Logger libraries = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    libraries.setLevel(Level.WARN);
    libraries.addAppender(console);
    context.getLogger("org.skerry").setLevel(Level.INFO);
  }

  private static boolean isConfiguredOtherwise() {
    return System.getProperty("logback.configurationFile") != null
        || Stream.of("logback-test.xml", "logback.xml")
            .anyMatch(name -> LogToStandardError.class.getResource("/" + name) != null);
  }
}
