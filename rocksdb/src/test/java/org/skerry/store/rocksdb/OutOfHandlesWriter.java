package org.skerry.store.rocksdb;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import org.skerry.store.StoreHealth;
import org.skerry.store.Writes;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/**
 * Takes all file handles of its process, writes until the store refuses, lets go of them, and
 * writes again. Argument: a folder. Prints the ids that were acknowledged, and what happened.
 */
public final class OutOfHandlesWriter {
  private static final int BODY_TEXTS = 200;

  private final List<FileChannel> taken = new ArrayList<>();
  private final Path any;

  private OutOfHandlesWriter(Path any) {
    this.any = any;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    loadClasses();
    OutOfHandlesWriter writer = new OutOfHandlesWriter(Path.of("/dev/null"));
    writer.documents(folder.resolve("store"));
    writer.indexes(folder.resolve("indexes"));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /** From folders, as tests find them, a class needs a handle; a jar is open already. */
  private static void loadClasses() throws IOException {
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path root = Path.of(place);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files
              .map(file -> root.relativize(file).toString())
              .filter(name -> name.startsWith("org/skerry/store") && name.endsWith(".class"))
              .forEach(OutOfHandlesWriter::load);
        }
      }
    }
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, OutOfHandlesWriter.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Tests' classes may need what is not here; they are not used.
      return;
    }
  }

  private void takeAll() {
    try {
      while (true) {
        taken.add(FileChannel.open(any));
      }
    } catch (IOException e) {
      // None is left.
      return;
    }
  }

  private void giveBack() throws IOException {
    for (FileChannel one : taken) {
      one.close();
    }
    taken.clear();
  }

  private static String text() {
    return Stream.generate(() -> UUID.randomUUID().toString())
        .limit(BODY_TEXTS)
        .collect(Collectors.joining());
  }

  private void documents(Path folder) throws IOException {
    RocksStore store = RocksStore.open(folder, new RocksOptions(1 << 20, 1 << 20, 0));
    DocumentStore db = store.create("db").orElseThrow();
    List<String> written = new ArrayList<>();
    write(db, "first", written);
    System.out.println("health " + store.health().state());
    System.out.println("read " + Reads.document(db, "first").isPresent());
    takeAll();
    StoreException refusal = fill(db, written);
    System.out.println("refused " + refusal.getMessage());
    System.out.println("health " + store.health().state());
    boolean readable = written.stream().allMatch(id -> Reads.document(db, id).isPresent());
    System.out.println("readable " + readable);
    giveBack();
    while (store.health().state() != StoreHealth.State.WELL) {
      LockSupport.parkNanos(50_000_000);
    }
    System.out.println("recovered");
    long seq = db.now().number();
    write(db, "after", written);
    System.out.println("next " + (db.now().number() - seq));
    boolean all = written.stream().allMatch(id -> Reads.document(db, id).isPresent());
    System.out.println("all " + all);
  }

  private static StoreException fill(DocumentStore db, List<String> written) {
    while (true) {
      try {
        write(db, UUID.randomUUID().toString(), written);
      } catch (StoreException e) {
        return e;
      }
    }
  }

  private static void write(DocumentStore db, String id, List<String> written) {
    db.commit(List.of(Writes.create(id, "{\"text\":\"" + text() + "\"}")));
    written.add(id);
    System.out.println("written " + id);
  }

  private void indexes(Path folder) throws IOException {
    RocksOrderedStore store = RocksOrderedStore.open(folder);
    OrderedSpace space = store.open("space");
    put(space, 0);
    OrderedView before = space.view();
    takeAll();
    int count = 1;
    try {
      while (true) {
        put(space, count);
        count++;
      }
    } catch (StoreException e) {
      System.out.println("indexes refused " + e.getMessage());
    }
    System.out.println("indexes readable " + space.get(key(count - 1)).isPresent());
    giveBack();
    boolean well = false;
    while (!well) {
      LockSupport.parkNanos(50_000_000);
      try {
        put(space, count);
        well = true;
      } catch (StoreException e) {
        continue;
      }
    }
    try {
      before.find(key(0));
      System.out.println("indexes: an old view reads on");
    } catch (StoreException e) {
      System.out.println("indexes: an old view ends");
    }
    before.close();
    boolean all = true;
    for (int i = 0; i <= count; i++) {
      all &= space.get(key(i)).isPresent();
    }
    System.out.println("indexes all " + all);
    store.close();
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  private static void put(OrderedSpace space, int number) {
    space.write(new OrderedBatch().put(key(number), text().getBytes(StandardCharsets.UTF_8)));
  }
}
