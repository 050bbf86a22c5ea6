package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
  /** Core and the store know no logging library. */
  @Test
  void whatStoresSayStandsInTheNodesLog() {
    Logger node = (Logger) LoggerFactory.getLogger("org.skerry.store.of.a.test");
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    node.addAppender(heard);
    try {
      System.getLogger(node.getName()).log(System.Logger.Level.WARNING, "out of {0}", "luck");
      assertThat(heard.list).singleElement().hasToString("[WARN] out of luck");
    } finally {
      node.detachAppender(heard);
    }
  }
}
