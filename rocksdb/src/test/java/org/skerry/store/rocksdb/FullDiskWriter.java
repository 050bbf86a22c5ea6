package org.skerry.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skerry.store.DocumentStore;
import org.skerry.store.Reads;
import org.skerry.store.StoreException;
import org.skerry.store.StoreFullException;
import org.skerry.store.StoreHealth;
import org.skerry.store.Writes;

/**
 * Fills a small disk until it refuses, makes room, writes again, and leaves what a crash at that
 * moment would leave, with the old log as it was while the disk was full.
 *
 * <p>Arguments: the small disk; how many megabytes something else takes of it; where the remains
 * go. Prints the ids that were acknowledged, and what happened.
 */
public final class FullDiskWriter {
  private static final int BODY_TEXTS = 200;

  private final Path disk;
  private final Path filler;
  private final DocumentStore db;
  private final RocksStore store;

  private FullDiskWriter(Path disk, int megabytes) throws IOException {
    this.disk = disk;
    this.filler = disk.resolve("filler");
    Files.write(filler, new byte[megabytes << 20]);
    this.store = RocksStore.open(folder(), RocksOptions.DEFAULT.withFreeBytes(0));
    this.db = store.create("db").orElseThrow();
  }

  private Path folder() {
    return disk.resolve("store");
  }

  public static void main(String[] arguments) throws IOException {
    Path remains = Path.of(arguments[2]);
    new FullDiskWriter(Path.of(arguments[0]), Integer.parseInt(arguments[1])).run(remains);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void run(Path remains) throws IOException {
    List<String> written = new ArrayList<>();
    StoreException refusal = fill(written);
    System.out.println(
        "refused " + (refusal instanceof StoreFullException) + " " + refusal.getMessage());
    System.out.println("health " + store.health().state());
    boolean readable = written.stream().allMatch(id -> Reads.document(db, id).isPresent());
    System.out.println("readable " + readable);
    Path old = Files.createDirectories(remains.resolve("old"));
    copyLogs(folder().resolve(StoreFolder.DATABASE), old);
    Files.delete(filler);
    while (store.health().state() != StoreHealth.State.WELL) {
      LockSupport.parkNanos(50_000_000);
    }
    System.out.println("recovered");
    for (int i = 0; i < 10; i++) {
      write("after" + i, "{}");
    }
    Path crashed = remains.resolve("store");
    copy(folder(), crashed);
    copyLogs(old, crashed.resolve(StoreFolder.DATABASE));
  }

  private StoreException fill(List<String> written) {
    while (true) {
      String id = UUID.randomUUID().toString();
      String text =
          Stream.generate(() -> UUID.randomUUID().toString())
              .limit(BODY_TEXTS)
              .collect(Collectors.joining());
      try {
        write(id, "{\"text\":\"" + text + "\"}");
        written.add(id);
      } catch (StoreException e) {
        return e;
      }
    }
  }

  private void write(String id, String json) {
    db.commit(List.of(Writes.create(id, json)));
    System.out.println("written " + id);
  }

  /** The logs that are not there yet. */
  private static void copyLogs(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        Path copy = to.resolve(file.getFileName());
        if (!Files.exists(copy)) {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
