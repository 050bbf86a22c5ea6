package org.skerry.atom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.Store;
import org.skerry.store.faulty.CrashedException;
import org.skerry.store.ordered.OrderedStore;

/** A database, and the feeds that tell of it, without a network. */
final class Newsroom {
  static final String DATABASE = "clinic";

  final Databases databases;
  final Database database;
  final Feeds feeds;
  private final Map<String, RevId> revs = new HashMap<>();

  Newsroom(Store store, OrderedStore derived) {
    this.databases = new Databases(store);
    this.feeds = new Feeds(databases, derived, () -> Instant.parse("2026-03-01T10:00:00Z"));
    this.database = databases.find(DATABASE).or(() -> databases.create(DATABASE)).orElseThrow();
  }

  /** Describes a feed, or describes it anew. */
  WriteResult define(String category, String json) {
    Database definitions =
        databases
            .find(FeedDefinition.DATABASE)
            .or(() -> databases.create(FeedDefinition.DATABASE))
            .orElseThrow();
    return write(definitions, category, json, false);
  }

  void write(String id, String json) {
    RevId rev = written(write(database, id, json, false));
    revs.put(id, rev);
  }

  void delete(String id) {
    written(write(database, id, "{}", true));
    revs.remove(id);
  }

  private static RevId written(WriteResult result) {
    return switch (result) {
      case WriteResult.Written now -> now.rev();
      default -> throw new AssertionError(result);
    };
  }

  private static WriteResult write(Database database, String id, String json, boolean deleted) {
    return database.update(
        new NewRevision(DocId.of(id), winner(database, id), deleted, Body.parse(json), List.of()));
  }

  private static Optional<RevId> winner(Database database, String id) {
    List<RevId> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> {
              if (!document.deleted()) {
                found.add(document.winner().rev());
              }
              return true;
            });
    return found.stream().findFirst();
  }

  /** What the database has now: live documents and their winners. */
  Map<String, String> live() {
    Map<String, String> live = new HashMap<>();
    database
        .store()
        .scan(
            DocRange.ALL,
            Fields.LEAVES,
            document -> {
              if (!document.deleted()) {
                live.put(document.id().text(), document.winner().rev().toString());
              }
              return true;
            });
    return live;
  }

  /** A category's pages, after it told of everything. */
  List<List<Event>> pages(String category) {
    FeedDefinition definition = feeds.definition(category).orElseThrow();
    Feed feed = feeds.feed(definition);
    feed.catchUp(definition, database);
    return published(feed);
  }

  /** Has a category tell of everything, as far as the node lives. */
  void tryToTell(String category) {
    try {
      pages(category);
    } catch (CrashedException e) {
      assertThat(e).as("the node ended in the middle of it").isNotNull();
    }
  }

  /** The pages as a reader sees them now. */
  List<List<Event>> published(String category) {
    return published(feeds.feed(feeds.definition(category).orElseThrow()));
  }

  private static List<List<Event>> published(Feed feed) {
    List<List<Event>> pages = new ArrayList<>();
    for (long page = 1; page <= feed.log().lastPage(); page++) {
      pages.add(feed.page(page).orElseThrow());
    }
    return pages;
  }

  /** All events of a category in a short form: {@code CREATED a}. */
  List<String> told(String category) {
    return pages(category).stream()
        .flatMap(List::stream)
        .map(event -> event.action() + " " + event.document())
        .toList();
  }
}
