package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.collation.ValueReader;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;

/** An index over a database in memory, for tests. */
@ExtendWith(Seeded.class)
@Timeout(300)
abstract class IndexCase {
  final Databases databases = new Databases(new MemoryStore());
  final Database database = databases.create("db").orElseThrow();
  final MemoryOrderedStore store = new MemoryOrderedStore();
  final KeysIndexer indexer = new KeysIndexer();
  Indexes indexes = new Indexes(store);

  @AfterEach
  void close() {
    indexes.close();
  }

  final Index index() {
    return indexes.open(database, KeysIndexer.definition(indexer));
  }

  final Index reopened() {
    indexes.close();
    indexes = new Indexes(store);
    return index();
  }

  final void write(String id, String json) {
    DocId docId = DocId.of(id);
    List<Optional<RevId>> parent = new ArrayList<>(List.of(Optional.empty()));
    database
        .store()
        .load(
            List.of(docId),
            Fields.LEAVES,
            found -> {
              parent.set(0, found.deleted() ? Optional.empty() : Optional.of(found.winner().rev()));
              return true;
            });
    boolean deleted = json.isEmpty();
    if (deleted && parent.getFirst().isEmpty()) {
      return;
    }
    Body body = deleted ? Body.EMPTY : Body.parse(json);
    assertThat(database.update(new NewRevision(docId, parent.getFirst(), deleted, body, List.of())))
        .isInstanceOf(WriteResult.Written.class);
  }

  static JsonNode json(String text) {
    return ValueReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> rows(IndexReading reading, int view, RowRange range, long skip) {
    List<String> rows = new ArrayList<>();
    reading
        .view(view)
        .rows(
            range,
            skip,
            row -> {
              rows.add(
                  new String(row.key(), StandardCharsets.UTF_8)
                      + " "
                      + row.id()
                      + " "
                      + new String(row.value(), StandardCharsets.UTF_8));
              return true;
            });
    return rows;
  }

  final List<String> rows(Index index) {
    index.catchUp();
    try (IndexReading reading = index.read()) {
      return rows(reading, 0, RowRange.ALL, 0);
    }
  }
}
