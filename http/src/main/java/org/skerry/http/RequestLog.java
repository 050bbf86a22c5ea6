package org.skerry.http;

import java.util.concurrent.TimeUnit;
import org.skerry.document.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line a request: at debug, and at warn when the node failed. Who, what and how long are
 * key-value pairs too, for logs that programs read. Never a query, a header or a body.
 */
public final class RequestLog implements RequestListener {
  private static final Logger LOG = LoggerFactory.getLogger("org.skerry.requests");
  private static final int FAILURE = 500;
  private static final int LONGEST_PATH = 300;

  @Override
  public void finished(FinishedRequest request) {
    Level level = request.status() >= FAILURE ? Level.WARN : Level.DEBUG;
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line = LOG.atLevel(level);
    line.addKeyValue("request", request.id())
        .addKeyValue("method", request.method())
        .addKeyValue("path", shown(request.path()))
        .addKeyValue("status", request.status())
        .addKeyValue("user", request.user().orElse("-"))
        .addKeyValue("address", request.address())
        .addKeyValue("micros", TimeUnit.NANOSECONDS.toMicros(request.nanos()))
        .log("request");
  }

  private static String shown(String path) {
    String printable = path.codePoints().anyMatch(Character::isISOControl) ? "?" : path;
    return Excerpt.of(printable, LONGEST_PATH);
  }
}
