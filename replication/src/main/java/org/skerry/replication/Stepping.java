package org.skerry.replication;

import java.util.Optional;
import org.skerry.replication.peer.ChangesPage;

/**
 * Runs one stage at a time, in the caller's thread and without ever waiting: for simulations, where
 * everything else happens between two stages.
 */
final class Stepping implements Course {
  private Optional<ChangesPage> page = Optional.empty();
  private Optional<Work> work = Optional.empty();
  private boolean done;
  private boolean last;

  @Override
  public boolean advance(Session session) {
    if (done) {
      session.checkpointIfDue();
      done = false;
      return !last;
    }
    if (work.isPresent()) {
      session.fetcher().fetch(work.get(), session::write);
      session.reached(work.get().reached());
      work = Optional.empty();
      done = true;
    } else if (page.isPresent()) {
      work = Optional.of(session.find(page.get()));
      last = page.get().last();
      page = Optional.empty();
    } else {
      ChangesPage next = session.read();
      if (next.rows().isEmpty()) {
        session.idle();
      }
      page = Optional.of(next);
    }
    return true;
  }
}
