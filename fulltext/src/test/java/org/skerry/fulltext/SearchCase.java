package org.skerry.fulltext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.search.Hit;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;

/** Full text over a database in memory, with indexes in a folder. */
@Timeout(300)
abstract class SearchCase {
  static final IndexPlace PLACE = new IndexPlace("_design/search", "all");
  static final IndexDefinition DEFINITION = standard("a function");

  @TempDir Path folder;

  final MemoryStore store = new MemoryStore();
  final Databases databases = new Databases(store);
  final FieldsByPrefix functions = new FieldsByPrefix();
  Database database;
  LuceneFullText fullText;

  @BeforeEach
  void open() {
    database = databases.create("clinic").orElseThrow();
    fullText = start(new FullTextSettings(2, 4, 60_000));
  }

  @AfterEach
  void close() {
    fullText.close();
    store.close();
  }

  LuceneFullText start(FullTextSettings settings) {
    return start(databases, folder, functions, settings);
  }

  static LuceneFullText start(
      Databases databases, Path folder, IndexFunctions functions, FullTextSettings settings) {
    return new LuceneFullText(
        databases,
        folder,
        functions,
        settings,
        Thread.ofPlatform().daemon().name("fulltext-", 1).factory());
  }

  /** As after a restart of the node. */
  void restart() {
    fullText.close();
    fullText = start(new FullTextSettings(2, 4, 60_000));
  }

  static IndexDefinition standard(String function) {
    return IndexDefinition.javascript(function, "standard", Map.of());
  }

  Path indexFolder() {
    return folder.resolve(database.store().incarnation()).resolve(DEFINITION.signature());
  }

  /** Writes a document, whatever was there. */
  void put(String id, String json) {
    write(id, false, json);
  }

  void delete(String id) {
    write(id, true, "{}");
  }

  private void write(String id, boolean deleted, String json) {
    WriteResult result =
        database.update(
            new NewRevision(DocId.of(id), parent(id), deleted, Body.parse(json), List.of()));
    if (!(result instanceof WriteResult.Written)) {
      throw new AssertionError(id + ": " + result);
    }
  }

  private Optional<org.skerry.revision.RevId> parent(String id) {
    List<org.skerry.revision.RevId> live = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> {
              if (!document.deleted()) {
                live.add(document.winner().rev());
              }
              return true;
            });
    return live.stream().findFirst();
  }

  SearchResults search(SearchRequest request) {
    try {
      return fullText.search(database, PLACE, DEFINITION, request);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The hits in their order. */
  List<Hit> hits(SearchRequest request) {
    List<Hit> hits = new ArrayList<>();
    try (SearchResults results = search(request)) {
      results.forEach(hits::add);
    }
    return hits;
  }

  /** The ids in their order. */
  List<String> ids(SearchRequest request) {
    return hits(request).stream().map(Hit::id).toList();
  }

  /** The ids that a query finds, in the order of their names. */
  List<String> found(String query) {
    return List.copyOf(new TreeSet<>(ids(SearchRequest.of(query).withLimit(10_000))));
  }
}
