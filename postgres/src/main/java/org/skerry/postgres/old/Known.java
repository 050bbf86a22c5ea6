package org.skerry.postgres.old;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.skerry.revision.RevId;

/**
 * What an old satellite has of a document, as far as it has shown. It knows no revisions, only
 * times, which it gets from here or from its own clock; they serve as names of what it has, and are
 * not compared between clocks.
 *
 * @param seen the revision that it surely has, with the time under which it has that
 * @param sent a revision that was sent since, and may have arrived
 * @param odd a time that it showed and that is neither's: it was seen once
 */
record Known(Optional<At> seen, Optional<At> sent, Optional<LocalDateTime> odd) {
  /** Nothing. */
  static final Known NOTHING = new Known(Optional.empty(), Optional.empty(), Optional.empty());

  /** A revision under the time that it has there, in whole seconds. */
  record At(RevId rev, LocalDateTime time) {}

  /** It has a revision: it sent it, or showed that it has it. */
  static Known has(RevId rev, LocalDateTime time) {
    return new Known(Optional.of(new At(rev, time)), Optional.empty(), Optional.empty());
  }

  /** The same when a revision is on its way there. */
  Known sending(RevId rev, LocalDateTime time) {
    return new Known(seen, Optional.of(new At(rev, time)), Optional.empty());
  }

  /** What is known when it shows that it has the document under a time. */
  Known shown(LocalDateTime time) {
    if (sent.filter(at -> at.time().equals(time)).isPresent()) {
      return has(sent.get().rev(), time);
    }
    if (seen.filter(at -> at.time().equals(time)).isPresent() || seen.isEmpty() && sent.isEmpty()) {
      return new Known(seen, sent, Optional.empty());
    }
    if (odd.filter(time::equals).isEmpty()) {
      // It was edited there, and will be sent: whatever is sent now would be written over that.
      return new Known(seen, sent, Optional.of(time));
    }
    // It had its turn to send it and did not: that is the time at which it took what it was sent.
    return sent.or(() -> seen).map(at -> has(at.rev(), time)).orElse(NOTHING);
  }

  /** Whether an edit is expected from there. */
  boolean expectsEdit() {
    return odd.isPresent();
  }

  /** Whether the revision needs not be sent to whoever shows this. */
  boolean isHere(RevId rev) {
    return seen.filter(at -> at.rev().equals(rev)).isPresent() && sent.isEmpty();
  }

  /** A time under which something new can be sent: newer than all that it has. */
  LocalDateTime after(LocalDateTime now, Optional<LocalDateTime> shows) {
    LocalDateTime latest = now;
    for (Optional<LocalDateTime> other : List.of(shows, seen.map(At::time), sent.map(At::time))) {
      if (other.isPresent() && !other.get().isBefore(latest)) {
        latest = other.get().plusSeconds(1);
      }
    }
    return latest;
  }
}
