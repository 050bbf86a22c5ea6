package org.skerry.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoredDocument;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.testing.Seeded;

/** Resources in memory, and searches over them, for tests. */
@ExtendWith(Seeded.class)
@Timeout(300)
public abstract class SearchCase {
  /** Of approximate dates. */
  protected static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

  protected static final String BASE = "http://here.example/fhir/db";

  protected final MemoryOrderedStore store = new MemoryOrderedStore();
  protected final Database database = new Databases(new MemoryStore()).create("db").orElseThrow();
  protected Indexes indexes = new Indexes(store);
  protected SearchIndexes search = new SearchIndexes(indexes, () -> NOW);

  @AfterEach
  final void close() {
    indexes.close();
  }

  /** As after a restart. */
  protected final void reopen() {
    indexes.close();
    indexes = new Indexes(store);
    search = new SearchIndexes(indexes, () -> NOW);
  }

  /** Writes {@code Type/id} with these members, in single quotes. */
  protected final void put(String id, String members) {
    String type = id.substring(0, id.indexOf('/'));
    String all = members.isEmpty() ? "" : "," + members.replace('\'', '"');
    write(id, "{\"resourceType\":\"" + type + "\"" + all + "}");
  }

  /** Writes a document, or deletes it when the text is empty. */
  protected final void write(String id, String json) {
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
    Body body = deleted ? Body.EMPTY : Body.parse(json);
    assertThat(database.update(new NewRevision(docId, parent.getFirst(), deleted, body, List.of())))
        .isInstanceOf(WriteResult.Written.class);
  }

  /** Asks {@code Type?query}, as it stands in a URL. */
  protected final SearchAnswer ask(String url) {
    return ask(url, false);
  }

  protected final SearchAnswer ask(String url, boolean strict) {
    int mark = url.indexOf('?');
    String path = mark < 0 ? url : url.substring(0, mark);
    List<String> types = path.isEmpty() ? List.of() : List.of(path.split(","));
    return search
        .of(database)
        .search(
            new SearchRequest(
                types,
                parameters(mark < 0 ? "" : url.substring(mark + 1)),
                Optional.empty(),
                strict,
                Optional.of(BASE)));
  }

  protected static List<QueryParameter> parameters(String query) {
    List<QueryParameter> parameters = new ArrayList<>();
    for (String part : query.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.add(
            new QueryParameter(
                URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8)));
      }
    }
    return parameters;
  }

  /** What is found, by logical ids, in order, parted by spaces. */
  protected final String found(String url) {
    return ids(ask(url).page().matches());
  }

  protected static String ids(List<StoredDocument> documents) {
    return String.join(
        " ",
        documents.stream()
            .map(one -> one.id().text())
            .map(id -> id.substring(id.indexOf('/') + 1))
            .toList());
  }
}
