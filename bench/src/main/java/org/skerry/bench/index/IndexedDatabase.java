package org.skerry.bench.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.skerry.collation.JsonOrder;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.index.Index;
import org.skerry.index.IndexDefinition;
import org.skerry.index.Indexer;
import org.skerry.index.Indexes;
import org.skerry.index.Reduction;
import org.skerry.index.Row;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoredDocument;
import org.skerry.store.rocksdb.RocksOrderedStore;

/** Documents with a number each, in memory, and a summed index of these numbers on disk. */
final class IndexedDatabase implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Path folder;
  private final RocksOrderedStore store;
  private final Indexes indexes;
  private final Database database = new Databases(new MemoryStore()).create("db").orElseThrow();
  private final Index index;

  /** Adds up values: as cheap as a reduction can be that looks at them. */
  private static final class Sum implements Reduction {
    @Override
    public byte[] reduce(List<Row> rows) {
      long sum = 0;
      for (Row row : rows) {
        sum += number(row.value());
      }
      return text(sum);
    }

    @Override
    public byte[] rereduce(List<byte[]> states) {
      long sum = 0;
      for (byte[] state : states) {
        sum += number(state);
      }
      return text(sum);
    }

    @Override
    public Reduced result(byte[] state) {
      return new Reduced.Value(state);
    }

    private static long number(byte[] digits) {
      long number = 0;
      for (byte digit : digits) {
        number = 10 * number + digit - '0';
      }
      return number;
    }

    private static byte[] text(long number) {
      return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Emits a document's number as key and value. */
  private static final class Numbers implements Indexer.Mapping {
    @Override
    public void map(StoredDocument document, Indexer.RowSink rows) {
      var body = ValueReader.read(document.revisions().getFirst().body().json());
      rows.emit(0, body.path("n"), body.path("n"));
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  IndexedDatabase(int documents) {
    try {
      folder = Files.createTempDirectory("skerry-index");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store = RocksOrderedStore.open(folder);
    indexes = new Indexes(store);
    for (int from = 0; from < documents; from += BATCH) {
      List<NewRevision> batch = new ArrayList<>(BATCH);
      for (int n = from; n < Math.min(documents, from + BATCH); n++) {
        batch.add(document(n));
      }
      database.update(batch);
    }
    index =
        indexes.open(
            database,
            new IndexDefinition(
                "numbers",
                "numbers",
                List.of(new IndexDefinition.View(JsonOrder.UNICODE, List.of(new Sum()))),
                false,
                Numbers::new));
    index.catchUp();
  }

  private NewRevision document(int n) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Body body = Body.parse("{\"n\":" + n + "}");
    return new NewRevision(DocId.of(id.toString()), Optional.empty(), false, body, List.of());
  }

  Index index() {
    return index;
  }

  /** Writes one more document. */
  void write(int n) {
    database.update(document(n));
  }

  @Override
  public void close() throws IOException {
    indexes.close();
    store.close();
    List<Path> paths;
    try (Stream<Path> files = Files.walk(folder)) {
      paths = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
