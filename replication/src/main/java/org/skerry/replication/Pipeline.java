package org.skerry.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.LiveChanges;

/**
 * Runs all stages at once: a virtual thread reads changes and asks the target what it lacks,
 * another one fetches that (and writes documents with attachments as they come), the caller's
 * thread writes heaps and checkpoints.
 *
 * <p>Between two stages is a short queue; who is ahead waits there, so that a slow target slows its
 * source down. A stage that fails sends its failure down the queue: what was read before it is
 * still written. When the last stage fails, or the caller is interrupted, the others are
 * interrupted.
 */
final class Pipeline implements Course {
  /** What the writing thread is told, in the order in which it must be done. */
  private sealed interface Item {
    record Heap(List<FetchedRevision> revisions) implements Item {}

    record Reached(String seq, int documents, Instant begun) implements Item {}

    record Failed(Throwable cause) implements Item {
      /** What a stage threw, thrown again by the last one, which would wait for it for ever. */
      RuntimeException thrown() {
        if (cause instanceof Error error) {
          throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
      }
    }

    record End() implements Item {}
  }

  /** What the fetching thread is told. */
  private sealed interface Task {
    record Do(Work work) implements Task {}

    record Pass(Item item) implements Task {}
  }

  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(Tuning.AHEAD);
  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(Tuning.AHEAD);

  @Override
  public boolean advance(Session session) throws InterruptedException {
    Thread reader = Thread.ofVirtual().name("changes").start(() -> read(session));
    Thread fetcher = Thread.ofVirtual().name("fetch").start(() -> fetch(session));
    try {
      write(session);
      return false;
    } finally {
      stop(reader);
      stop(fetcher);
    }
  }

  /**
   * A stage must not outlive its session: it could write with a connection that somebody closed.
   */
  private static void stop(Thread stage) {
    boolean interrupted = Thread.interrupted();
    stage.interrupt();
    while (true) {
      try {
        stage.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Session session) {
    try {
      Item end = new Item.End();
      try {
        readPages(session);
      } catch (RuntimeException | Error e) {
        end = new Item.Failed(e);
      }
      tasks.put(new Task.Pass(end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readPages(Session session) throws InterruptedException {
    boolean last = false;
    while (!last) {
      ChangesPage page = session.read();
      last = page.last();
      pass(session, page);
    }
    if (session.spec().live()) {
      try (LiveChanges live = session.follow()) {
        while (true) {
          Optional<ChangesPage> page = live.next(session.batchSize(), Tuning.LIVE_WAIT);
          if (page.isPresent()) {
            pass(session, page.get());
            session.busy();
          } else {
            session.idle();
          }
        }
      }
    }
  }

  private void pass(Session session, ChangesPage page) throws InterruptedException {
    tasks.put(new Task.Do(session.find(page)));
  }

  private void fetch(Session session) {
    try {
      boolean more = true;
      while (more) {
        more = handle(session, tasks.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean handle(Session session, Task task) throws InterruptedException {
    switch (task) {
      case Task.Pass pass -> {
        items.put(pass.item());
        return false;
      }
      case Task.Do todo -> {
        Instant begun = session.surroundings().clock().instant();
        try {
          session.fetcher().fetch(todo.work(), this::putHeap);
        } catch (StoppedException e) {
          throw new InterruptedException();
        } catch (RuntimeException | Error e) {
          items.put(new Item.Failed(e));
          return false;
        }
        int documents = todo.work().missing().size();
        items.put(new Item.Reached(todo.work().reached(), documents, begun));
        return true;
      }
    }
  }

  private void putHeap(List<FetchedRevision> heap) {
    try {
      items.put(new Item.Heap(heap));
    } catch (InterruptedException e) {
      throw new StoppedException();
    }
  }

  /** Carries an interruption through a peer's callback. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super(null, null, false, false);
    }
  }

  private void write(Session session) throws InterruptedException {
    while (true) {
      Instant now = session.surroundings().clock().instant();
      long wait = Math.max(1, session.untilCheckpoint().left(now).toMillis());
      Optional<Item> item = Optional.ofNullable(items.poll(wait, TimeUnit.MILLISECONDS));
      if (item.isPresent() && !apply(session, item.get())) {
        return;
      }
      session.checkpointIfDue();
    }
  }

  private static boolean apply(Session session, Item item) {
    switch (item) {
      case Item.Heap heap -> session.write(heap.revisions());
      case Item.Reached reached -> {
        session.reached(reached.seq());
        Instant now = session.surroundings().clock().instant();
        session.sizes().took(reached.documents(), Duration.between(reached.begun(), now));
      }
      case Item.Failed failed -> throw failed.thrown();
      case Item.End end -> {
        return false;
      }
    }
    return true;
  }
}
