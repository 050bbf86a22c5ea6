package org.skerry.store.rocksdb;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.StoreException;
import org.skerry.store.Writes;

/** Writes documents from many threads, and prints the id of each that was acknowledged. */
public final class CrashWriter {
  /** Exit status after refused writes. */
  static final int REFUSED = 3;

  private static final int WRITERS = 8;
  private static final int MOST = 50_000;
  private static final int REFUSALS = 5;

  private CrashWriter() {}

  public static void main(String[] arguments) {
    RocksStore store = RocksStore.open(Path.of(arguments[0]));
    DocumentStore db = store.create("db").or(() -> store.find("db")).orElseThrow();
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.submit(() -> write(db, refused));
      }
    }
    System.out.flush();
    Runtime.getRuntime().halt(refused.get() > 0 ? REFUSED : 0);
  }

  private static void write(DocumentStore db, AtomicInteger refused) {
    for (int n = 0; n < MOST / WRITERS && refused.get() < REFUSALS; n++) {
      String id = UUID.randomUUID().toString();
      String json = "{\"text\":\"" + incompressible() + "\"}";
      try {
        if (db.commit(List.of(Writes.create(id, json))).getFirst() instanceof Outcome.Written) {
          say(id);
        }
      } catch (StoreException e) {
        refused.incrementAndGet();
        say("refused: " + e.getMessage().replace('\n', ' '));
      }
    }
  }

  private static String incompressible() {
    return Stream.generate(() -> UUID.randomUUID().toString())
        .limit(40)
        .collect(Collectors.joining());
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
