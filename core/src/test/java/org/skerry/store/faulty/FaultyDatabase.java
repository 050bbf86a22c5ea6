package org.skerry.store.faulty;

import java.util.List;
import java.util.function.Supplier;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.ChangeRange;
import org.skerry.store.CompactionListener;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.LocalDocuments;
import org.skerry.store.MissingVisitor;
import org.skerry.store.Outcome;
import org.skerry.store.Properties;
import org.skerry.store.PurgeLog;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Registration;
import org.skerry.store.RevisionQuery;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Sizes;
import org.skerry.store.Together;
import org.skerry.store.Totals;
import org.skerry.store.faulty.FaultPlan.Operation;
import org.skerry.store.subset.Subsets;

/** A database that fails by plan. */
final class FaultyDatabase implements DocumentStore {
  private final FaultyProcess process;
  private final DocumentStore database;

  FaultyDatabase(FaultyProcess process, DocumentStore database) {
    this.process = process;
    this.database = database;
  }

  private <T> T read(Supplier<T> action) {
    return process.read(Operation.READ, name(), action);
  }

  private <T> T visit(Operation operation, FaultyProcess.Visit<T> visit) {
    return process.visit(operation, name(), visit);
  }

  private static DocumentVisitor after(Runnable beforeEach, DocumentVisitor visitor) {
    return document -> {
      beforeEach.run();
      return visitor.visit(document);
    };
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public String incarnation() {
    return database.incarnation();
  }

  @Override
  public List<Outcome> commit(List<RevisionWrite> batch) {
    FaultPlan.Call call = process.begin(Operation.COMMIT, name());
    Fault fault = process.disk.fault(call);
    process.disk.lockToWrite();
    try {
      process.checkAlive();
      return switch (fault) {
        case NONE, DELAY -> durable(batch);
        case ERROR -> {
          process.disk.doubt(database, batch);
          throw new InjectedFaultException(call);
        }
        case LOST_ANSWER -> {
          durable(batch);
          throw new InjectedFaultException(call);
        }
        case CRASH -> {
          List<RevisionWrite> part = process.disk.part(batch);
          database.commit(part);
          process.disk.keepBlobs(database, part);
          process.crash();
          throw new CrashedException();
        }
      };
    } finally {
      process.disk.lock.unlock();
      process.deliver();
    }
  }

  @Override
  public Together commitTogether(List<RevisionWrite> batch) {
    FaultPlan.Call call = process.begin(Operation.COMMIT, name());
    Fault fault = process.disk.fault(call);
    process.disk.lockToWrite();
    try {
      process.checkAlive();
      return switch (fault) {
        case NONE, DELAY -> durableTogether(batch);
        // What is written together is not there in part: the engine's batch never reached the disk.
        case ERROR -> throw new InjectedFaultException(call);
        case LOST_ANSWER -> {
          durableTogether(batch);
          throw new InjectedFaultException(call);
        }
        case CRASH -> {
          if (process.disk.below(2) == 0) {
            database.commitTogether(batch);
            process.disk.keepBlobs(database, batch);
          }
          process.crash();
          throw new CrashedException();
        }
      };
    } finally {
      process.disk.lock.unlock();
      process.deliver();
    }
  }

  private Together durableTogether(List<RevisionWrite> batch) {
    Together result = database.commitTogether(batch);
    FaultyDisk.Blobs blobs = process.disk.blobs(database);
    blobs.synced.addAll(blobs.unsynced);
    blobs.unsynced.clear();
    return result;
  }

  private List<Outcome> durable(List<RevisionWrite> batch) {
    List<Outcome> outcomes = database.commit(batch);
    FaultyDisk.Blobs blobs = process.disk.blobs(database);
    blobs.synced.addAll(blobs.unsynced);
    blobs.unsynced.clear();
    return outcomes;
  }

  @Override
  public void load(List<DocId> ids, Fields fields, DocumentVisitor visitor) {
    visit(
        Operation.READ,
        beforeEach -> {
          database.load(ids, fields, after(beforeEach, visitor));
          return true;
        });
  }

  @Override
  public void read(List<RevisionRef> revisions, RevisionVisitor visitor) {
    visit(
        Operation.READ,
        beforeEach -> {
          database.read(
              revisions,
              (ref, found) -> {
                beforeEach.run();
                visitor.visit(ref, found);
              });
          return true;
        });
  }

  @Override
  public void missing(List<RevisionQuery> queries, MissingVisitor visitor) {
    visit(
        Operation.READ,
        beforeEach -> {
          database.missing(
              queries,
              (id, missing, ancestors) -> {
                beforeEach.run();
                visitor.visit(id, missing, ancestors);
              });
          return true;
        });
  }

  @Override
  public Seq changes(ChangeRange range, Fields fields, DocumentVisitor visitor) {
    return visit(
        Operation.CHANGES,
        beforeEach -> database.changes(range, fields, after(beforeEach, visitor)));
  }

  @Override
  public void scan(DocRange range, Fields fields, DocumentVisitor visitor) {
    visit(
        Operation.READ,
        beforeEach -> {
          database.scan(range, fields, after(beforeEach, visitor));
          return true;
        });
  }

  @Override
  public Seq now() {
    return read(database::now);
  }

  @Override
  public long pending(Seq since) {
    return read(() -> database.pending(since));
  }

  @Override
  public Registration onAdvance(Runnable wake) {
    process.checkAlive();
    Registration registration = database.onAdvance(() -> process.wake(wake));
    return process.open.add("registration", registration::close)::close;
  }

  @Override
  public Totals totals() {
    return read(database::totals);
  }

  @Override
  public Sizes sizes() {
    return read(database::sizes);
  }

  @Override
  public Properties properties() {
    return new FaultyProperties(process, name(), database.properties());
  }

  @Override
  public LocalDocuments local() {
    return new FaultyLocalDocuments(process, name(), database.local());
  }

  @Override
  public AttachmentStore attachments() {
    return new FaultyAttachments(process, database);
  }

  /** Faults of commits reach subsets, since they are written with the documents. */
  @Override
  public Subsets subsets() {
    process.checkAlive();
    return database.subsets();
  }

  @Override
  public int revsLimit() {
    return process.read(Operation.SETTINGS, name(), database::revsLimit);
  }

  @Override
  public void revsLimit(int limit) {
    process.write(
        Operation.SETTINGS,
        name(),
        () -> {
          database.revsLimit(limit);
          return true;
        });
  }

  @Override
  public List<List<RevId>> purge(List<PurgeRequest> requests) {
    return process.write(Operation.PURGE, name(), () -> database.purge(requests));
  }

  @Override
  public PurgeLog purges() {
    return new FaultyPurges(process, name(), database.purges());
  }

  /**
   * Not under the disk's lock, since others write meanwhile; the plan may end it after any
   * document.
   */
  @Override
  public void compact(CompactionListener listener) {
    visit(
        Operation.COMPACT,
        beforeEach -> {
          database.compact(
              (done, total) -> {
                beforeEach.run();
                return listener.progress(done, total);
              });
          return true;
        });
    process.disk.lockToWrite();
    try {
      process.disk.blobs(database).synced.removeIf(blob -> !process.disk.isHere(database, blob));
    } finally {
      process.disk.lock.unlock();
    }
  }
}
