package org.skerry.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.skerry.document.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which documents an index leaves out, and why: the first few at once, then one in a while
 * with how many there were, so that a broken function does not fill the disk. Any thread.
 */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final int AT_ONCE = 5;
  private static final Duration WHILE = Duration.ofMinutes(1);
  private static final int LONGEST = 500;

  private final String index;
  private final InstantSource clock;
  private Instant since = Instant.MIN;
  private int said;
  private long unsaid;

  Complaints(String index, InstantSource clock) {
    this.index = index;
    this.clock = clock;
  }

  synchronized void about(String document, String reason) {
    Instant now = clock.instant();
    if (since.equals(Instant.MIN) || Duration.between(since, now).compareTo(WHILE) >= 0) {
      if (unsaid > 0) {
        LOG.warn("index {}: {} more documents were left out", index, unsaid);
      }
      since = now;
      said = 0;
      unsaid = 0;
    }
    if (said < AT_ONCE) {
      said++;
      LOG.warn("index {} leaves out document {}: {}", index, document, Excerpt.of(reason, LONGEST));
    } else {
      unsaid++;
    }
  }

  /** How many were left unsaid since the last line. */
  synchronized long unsaid() {
    return unsaid;
  }
}
