package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogToStandardErrorTest {
  private static final String OWN = "logback.configurationFile";

  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  private ConsoleAppender<ILoggingEvent> console() {
    return (ConsoleAppender<ILoggingEvent>)
        context
            .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
            .getAppender(LogToStandardError.APPENDER);
  }

  @Test
  void logbackFindsIt() {
    assertThat(ServiceLoader.load(Configurator.class))
        .hasAtLeastOneElementOfType(LogToStandardError.class);
  }

  @Test
  void librariesSpeakUpWhenSomethingIsWrongAndTheNodeBefore() {
    LogToStandardError.begin(context);
    assertThat(console().getTarget()).isEqualTo("System.err");
    assertThat(console().isStarted()).isTrue();
    assertThat(context.getLogger("org.eclipse.jetty").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("org.skerry.http").getEffectiveLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void aLineHasItsTimeLevelPlaceAndWords() {
    LogToStandardError.begin(context);
    Logger place = context.getLogger("org.skerry.http.couch.CompactionDaemon");
    LoggingEvent event =
        new LoggingEvent("", place, Level.INFO, "compacting {}", null, new Object[] {"clinic"});
    byte[] line = ((PatternLayoutEncoder) console().getEncoder()).encode(event);
    assertThat(new String(line, StandardCharsets.UTF_8))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO +\\S*CompactionDaemon"
                + " compacting clinic \\R");
  }

  @Test
  void whoeverConfiguresLogbackOtherwiseIsLeftAlone() {
    System.setProperty(OWN, "mine.xml");
    try {
      assertThat(new LogToStandardError().configure(context))
          .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
      assertThat(console()).isNull();
    } finally {
      System.clearProperty(OWN);
    }
  }
}
