package org.skerry.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.skerry.collation.ValueReader;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.Seq;
import tools.jackson.databind.JsonNode;

/** A database of a clinic with its sites, and what they see of it. */
abstract class SubsetCase {
  final MemoryStore memory = new MemoryStore();
  final Databases databases = new Databases(memory);
  final Sites sites = new Sites(databases);
  final Subsetting subsetting = new Subsetting(databases, sites);
  final SubsetKeeper keeper = new SubsetKeeper(databases, subsetting);
  final Database clinic = databases.create("clinic").orElseThrow();
  final Database places = databases.create(Sites.DATABASE).orElseThrow();

  @AfterEach
  void close() {
    keeper.close();
  }

  void rules(String json) {
    clinic.scope(Optional.of(ScopeRules.parse(json(json))));
    keeper.settle(clinic);
  }

  static JsonNode json(String text) {
    return ValueReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  void site(String id, String json) {
    assertThat(put(places, id, json, Author.SYSTEM)).isInstanceOf(WriteResult.Written.class);
    keeper.settle(clinic);
  }

  static WriteResult put(Database database, String id, String json, Author author) {
    Optional<RevId> parent = winner(database, id);
    return database.update(
        new NewRevision(DocId.of(id), parent, false, Body.parse(json), List.of()), author);
  }

  static Optional<RevId> winner(Database database, String id) {
    List<RevId> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> document.deleted() || found.add(document.winner().rev()));
    return found.stream().findFirst();
  }

  Database as(String site) {
    return subsetting.seenBy(clinic, sites.book().site(site).orElseThrow());
  }

  List<String> ids(String site) {
    keeper.settle(clinic);
    List<String> ids = new ArrayList<>();
    as(site)
        .store()
        .scan(
            DocRange.ALL,
            Fields.LEAVES,
            document -> document.deleted() || ids.add(document.id().text()));
    return ids;
  }

  static final String PATIENTS =
      """
      {"rules": [
        {"type": "patient", "site": "/at"},
        {"type": "note", "follow": "/patient"},
        {"type": "word", "everyone": true}
      ]}
      """;

  Seq pull(String site, Seq since, int limit, Set<String> has) {
    return pull(as(site), since, limit, has);
  }

  /** A device's pull: what it has afterwards, and where it goes on. */
  static Seq pull(Database part, Seq since, int limit, Set<String> has) {
    return part.store()
        .changes(
            ChangeRange.after(since, limit),
            Fields.LEAVES,
            document -> {
              if (document.deleted()) {
                has.remove(document.id().text());
              } else {
                has.add(document.id().text());
              }
              return true;
            });
  }
}
