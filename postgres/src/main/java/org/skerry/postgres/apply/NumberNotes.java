package org.skerry.postgres.apply;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it went with the application's counting since the node was started. Says of codes how many
 * they are, and not which. Any thread may ask.
 */
public final class NumberNotes {
  private static final Logger LOG = LoggerFactory.getLogger(NumberNotes.class);

  private final Map<String, String> notes = new ConcurrentSkipListMap<>();
  private final LongAdder moved = new LongAdder();
  private final LongAdder tooFar = new LongAdder();

  /** How often a sequence was moved on for codes that came from elsewhere. */
  public long moved() {
    return moved.sum();
  }

  /** How many codes came that are so far ahead that nothing was moved for them. */
  public long tooFar() {
    return tooFar.sum();
  }

  /** What somebody should look at. */
  public List<String> list() {
    return List.copyOf(notes.values());
  }

  /** A sequence is there, and may be moved. */
  void found(String place) {
    notes.remove(place);
  }

  void move() {
    moved.increment();
  }

  void tooFar(String place, long codes, String counter) {
    tooFar.add(codes);
    note(
        place + " has codes",
        "so far ahead of " + counter + " that it is not moved behind them; see `furthest`");
  }

  /** Something is wrong with a sequence. */
  void note(String place, String why) {
    String note = place + ": " + why;
    if (!note.equals(notes.put(place, note))) {
      LOG.warn("{}", note);
    }
  }
}
