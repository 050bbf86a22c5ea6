package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.store.MemoryStore;
import org.skerry.store.faulty.Fault;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.faulty.FaultyStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.testing.Seeded;

/** A published page never changes but by growing at its end, whatever happens. */
@ExtendWith(Seeded.class)
@Timeout(300)
class PermanentPagesTest {
  private static final String FEED =
      "{\"database\":\"clinic\",\"selector\":{\"shown\":true},\"page_size\":%d}";

  /** What readers saw. */
  private final List<List<Event>> seen = new ArrayList<>();

  private void look(List<List<Event>> pages) {
    assertThat(pages).hasSizeGreaterThanOrEqualTo(seen.size());
    for (int page = 0; page < pages.size(); page++) {
      List<Event> now = pages.get(page);
      if (page < seen.size()) {
        List<Event> before = seen.get(page);
        assertThat(now.size()).isGreaterThanOrEqualTo(before.size());
        assertThat(now.subList(0, before.size())).isEqualTo(before);
        if (page < seen.size() - 1) {
          assertThat(now).as("only the last page grows").hasSameSizeAs(before);
        }
        seen.set(page, now);
      } else {
        seen.add(now);
      }
    }
  }

  /** Whoever reads all events knows what the database has. */
  private void assertTold(Map<String, String> live) {
    Map<String, String> known = new HashMap<>();
    for (List<Event> page : seen) {
      for (Event event : page) {
        String id = event.document().text();
        switch (event.action()) {
          case CREATED -> assertThat(known.put(id, event.rev().toString())).as(id).isNull();
          case UPDATED -> assertThat(known.put(id, event.rev().toString())).as(id).isNotNull();
          case DELETED -> assertThat(known.remove(id)).as(id).isNotNull();
        }
      }
    }
    assertThat(known).isEqualTo(live);
  }

  @RepeatedTest(20)
  void whateverIsWrittenAndLost(SplittableRandom random) {
    MemoryStore disk = new MemoryStore();
    FaultyStore store = new FaultyStore(disk, random);
    MemoryOrderedStore derived = new MemoryOrderedStore();
    Newsroom room = new Newsroom(store, derived);
    room.define("all", FEED.formatted(3));
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(12)) {
        case 0 -> look(room.pages("all"));
        case 1 -> room.define("all", FEED.formatted(1 + random.nextInt(6)));
        case 2 -> {
          store = crashWhileNumbering(store, room, random);
          derived = random.nextBoolean() ? derived : new MemoryOrderedStore();
          room = new Newsroom(store, derived);
          look(room.published("all"));
        }
        case 3 -> deleteAny(room, random);
        default -> room.write("d" + random.nextInt(30), "{\"shown\":true,\"v\":" + step + "}");
      }
    }
    look(room.pages("all"));
    assertTold(room.live());
    assertThat(room.pages("all")).as("nothing is left to tell").isEqualTo(seen);
    disk.close();
  }

  private static void deleteAny(Newsroom room, SplittableRandom random) {
    room.live().keySet().stream()
        .sorted()
        .skip(random.nextInt(Math.max(1, room.live().size())))
        .findFirst()
        .ifPresent(room::delete);
  }

  /**
   * A commit of events fails, with a part of them on the disk or not; the node may go on for a
   * while, and is ended.
   */
  private FaultyStore crashWhileNumbering(
      FaultyStore store, Newsroom room, SplittableRandom random) {
    Fault[] faults = {Fault.NONE, Fault.ERROR, Fault.LOST_ANSWER, Fault.CRASH};
    Fault fault = faults[random.nextInt(faults.length)];
    AtomicInteger left = new AtomicInteger(1);
    store.plan(
        call ->
            call.operation() == FaultPlan.Operation.COMMIT
                    && call.database().equals(EventLog.DATABASE)
                    && left.getAndDecrement() > 0
                ? fault
                : Fault.NONE);
    if (fault != Fault.CRASH) {
      look(room.pages("all"));
      if (random.nextBoolean()) {
        room.write("d" + random.nextInt(30), "{\"shown\":true,\"v\":" + random.nextInt() + "}");
        look(room.pages("all"));
      }
    } else {
      room.tryToTell("all");
    }
    if (store.isAlive()) {
      store.crash();
    }
    FaultyStore again = store.restart();
    again.plan(FaultPlan.none());
    return again;
  }

  @Test
  void whileManyWriteAndManyRead() throws Exception {
    Newsroom room = new Newsroom(new MemoryStore(), new MemoryOrderedStore());
    room.define("all", FEED.formatted(4));
    AtomicInteger running = new AtomicInteger(4);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int mine = writer;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 400; i++) {
                    room.write("d" + mine + "-" + i % 60, "{\"shown\":true,\"v\":" + i + "}");
                  }
                  running.decrementAndGet();
                }));
      }
      for (int reader = 0; reader < 3; reader++) {
        all.add(
            threads.submit(
                () -> {
                  while (running.get() > 0) {
                    List<List<Event>> pages = room.pages("all");
                    synchronized (seen) {
                      if (pages.stream().mapToInt(List::size).sum()
                          >= seen.stream().mapToInt(List::size).sum()) {
                        look(pages);
                      }
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    look(room.pages("all"));
    assertTold(room.live());
  }
}
