package org.skerry.replication.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.Page;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one replicator database, in a thread of its own, until the database is gone. */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** Documents read before they are looked at: few hundred bytes each. */
  private static final int PAGE = 100;

  /** Changes wake the thread; it need not look by itself. */
  private static final Duration LONG = Duration.ofDays(1);

  /** The store failed; it may be mended. */
  private static final Duration FAILED = Duration.ofSeconds(5);

  private final Database database;
  private final Documents documents;
  private final Thread thread;

  Follower(Database database, Documents documents) {
    this.database = database;
    this.documents = documents;
    this.thread =
        Thread.ofVirtual().name("replicator database " + database.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends it, and waits until it has. */
  void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Seq since = Seq.ZERO;
    try {
      while (true) {
        try {
          since = read(since);
          if (database.changes().await(since, LONG) == Wake.CLOSED) {
            return;
          }
        } catch (DatabaseGoneException e) {
          return;
        } catch (StoreException e) {
          LOG.warn("{} cannot be followed at the moment: {}", database.name(), e.getMessage());
          Thread.sleep(FAILED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks at everything behind a position; returns the one that was reached. */
  private Seq read(Seq from) {
    Seq since = from;
    ChangesRequest request = ChangesRequest.ALL.withFields(Fields.WINNER).withLimit(PAGE);
    Page page;
    do {
      List<StoredDocument> changed = new ArrayList<>();
      page =
          database
              .changes()
              .read(
                  request,
                  since,
                  (document, revisions) -> {
                    changed.add(document);
                    return true;
                  });
      changed.forEach(this::look);
      since = page.lastSeq();
    } while (page.rows() == PAGE);
    return since;
  }

  private void look(StoredDocument document) {
    DocId id = document.id();
    if (id.isDesign()) {
      return;
    }
    DocumentKey key = new DocumentKey(database.name(), id.text());
    try {
      if (document.deleted()) {
        documents.deleted(key);
      } else {
        documents.written(key, document.revisions().getFirst().body());
      }
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // One document must not keep the others from being looked at.
      LOG.error("document {} could not be looked at", key, e);
    }
  }
}
