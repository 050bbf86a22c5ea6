package org.skerry.fhir.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.store.ChangeRange;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription while the node runs, in a thread of its own: follows the feed from where it
 * stands, and tells. What cannot be sent is tried again, with longer pauses; after the last try the
 * subscription says so in its {@code error}, and keeps its place.
 */
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final int PAGE = 200;
  private static final int TRIES = 20;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofHours(1);

  private final String id;
  private final Database database;
  private final Definition definition;
  private final Subscriptions all;
  private final Thread thread;
  private Standing standing;

  /** Of the database as its author sees it. */
  Runner(
      String id, Database database, Definition definition, Standing standing, Subscriptions all) {
    this.id = id;
    this.database = database;
    this.definition = definition;
    this.standing = standing;
    this.all = all;
    this.thread = Thread.ofVirtual().name("subscription " + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        if (ended() || !tell()) {
          return;
        }
        if (database.changes().await(Seq.of(standing.seq()), patience()) == Wake.CLOSED) {
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("subscription {} of {} pauses", id, database.name());
    } catch (DatabaseGoneException e) {
      LOG.debug("subscription {} went with its database", id);
    } catch (StoreException e) {
      LOG.warn("subscription {} of {} pauses: {}", id, database.name(), e.getMessage());
    } catch (BadSearchException e) {
      all.fail(id, database, "criteria: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("subscription {} of {} failed", id, database.name(), e);
      all.fail(id, database, "an error of the node's; its log says more");
    }
  }

  private Duration patience() {
    Duration left = definition.end().map(end -> Duration.between(Instant.now(), end)).orElse(LONG);
    Duration least = Duration.ofMillis(1);
    return left.compareTo(LONG) > 0 ? LONG : left.compareTo(least) < 0 ? least : left;
  }

  /** Ends it, if it is to end by itself. */
  private boolean ended() {
    Optional<String> over = isOver();
    over.ifPresent(why -> all.end(id, database, why));
    return over.isPresent();
  }

  /** Why it ends by itself. */
  private Optional<String> isOver() {
    return definition.end().filter(Instant.now()::isAfter).isPresent()
        ? Optional.of("")
        : all.mayRead(database, standing)
            ? Optional.empty()
            : Optional.of("who wrote it may not read what it tells of any more");
  }

  /** Tells of what changed. Returns whether to go on. */
  private boolean tell() throws InterruptedException {
    while (true) {
      List<DocId> changed = new ArrayList<>();
      boolean[] own = {false};
      Seq from = Seq.of(standing.seq());
      Seq to =
          database
              .store()
              .changes(
                  ChangeRange.after(from, PAGE),
                  Fields.LEAVES,
                  document -> {
                    own[0] |= document.id().text().equals("Subscription/" + id);
                    if (!document.deleted()) {
                      changed.add(document.id());
                    }
                    return true;
                  });
      if (to.equals(from)) {
        return true;
      }
      for (StoredDocument document : matching(changed)) {
        if (!send(document)) {
          return false;
        }
      }
      standing = standing.at(to.number());
      all.moved(database, id, standing);
      if (own[0] && !all.isStill(database, id, definition)) {
        all.lookSoon(database.name(), id);
        return false;
      }
    }
  }

  /** Those that meet the criteria, in the order of the feed. */
  private List<StoredDocument> matching(List<DocId> changed) {
    List<String> ids = new ArrayList<>();
    for (DocId document : changed) {
      ResourceId.of(document)
          .filter(resource -> resource.type().equals(definition.type()))
          .ifPresent(resource -> ids.add(resource.id()));
    }
    if (ids.isEmpty()) {
      return List.of();
    }
    List<QueryParameter> query = new ArrayList<>(definition.query());
    query.add(new QueryParameter("_id", String.join(",", ids)));
    Set<DocId> found =
        new HashSet<>(
            all.searches()
                .of(database)
                .matches(definition.type(), query, Optional.empty(), ids.size()));
    Map<DocId, StoredDocument> documents = new LinkedHashMap<>();
    database
        .store()
        .load(
            changed.stream().filter(found::contains).toList(),
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                documents.put(document.id(), document);
              }
              return true;
            });
    return List.copyOf(documents.values());
  }

  /** Sends until it was received. Returns whether to go on. */
  private boolean send(StoredDocument document) throws InterruptedException {
    ResourceText text;
    try {
      text = ResourceText.of(ResourceId.of(document.id()).orElseThrow(), document);
    } catch (NoResourceException e) {
      return true;
    }
    Duration pause = FIRST_PAUSE;
    for (int i = 1; true; i++) {
      // Each time, behind the reading: what its author has lost the right to is not told.
      if (ended()) {
        return false;
      }
      Optional<String> problem;
      try {
        problem = all.hook().send(definition, text, database.store().attachments());
      } catch (OutcomeException e) { // it would be so each time, and keep all others back
        LOG.warn("subscription {} of {} passes over: {}", id, database.name(), e.getMessage());
        return true;
      }
      if (problem.isEmpty()) {
        return true;
      }
      if (i == TRIES) {
        all.fail(id, database, "after " + TRIES + " tries: " + problem.get());
        return false;
      }
      LOG.info("subscription {} of {}: {}", id, database.name(), problem.get());
      Thread.sleep(all.pause(pause));
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** Ends, and keeps its place. */
  void close() {
    thread.interrupt();
    if (!Thread.currentThread().equals(thread)) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
