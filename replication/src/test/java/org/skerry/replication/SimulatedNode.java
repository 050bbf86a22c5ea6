package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.skerry.audit.AuditLog;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.LocalLimits;
import org.skerry.replication.peer.LocalPeer;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.store.faulty.FaultPlan;
import org.skerry.store.faulty.FaultyStore;

/** A node of the simulation: a disk that stays, and a process that ends and begins again. */
final class SimulatedNode {
  static final String DATABASE = "records";

  private final String name;
  private final MemoryStore disk;
  private FaultyStore process;
  private Databases databases;
  private Consumer<Databases> equipment = databases -> {};

  SimulatedNode(String name, SplittableRandom random) {
    this.name = name;
    this.disk = new MemoryStore((RandomGenerator) random.split());
    disk.create(DATABASE);
    this.process = new FaultyStore(disk, random.split());
    this.databases = new Databases(process);
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void plan(FaultPlan plan) {
    process.plan(plan);
  }

  void crash() {
    process.crash();
  }

  void restart() {
    Optional<Databases> opened = Optional.empty();
    while (opened.isEmpty()) {
      process = process.restart();
      opened = open();
    }
    databases = opened.get();
    equipment.accept(databases);
  }

  /** A node that cannot read its disk does not start. */
  private Optional<Databases> open() {
    try {
      return Optional.of(new Databases(process));
    } catch (StoreException e) {
      if (process.isAlive()) {
        process.crash();
      }
      return Optional.empty();
    }
  }

  /** Somebody deletes the database and creates an empty one of the same name. */
  void recreate() {
    databases.drop(DATABASE);
    databases.create(DATABASE);
  }

  /** The databases as the running process has them. */
  Databases databases() {
    return databases;
  }

  /** Does something to the databases of every process, from now on. */
  void equip(Consumer<Databases> how) {
    equipment = how;
    how.accept(databases);
  }

  /** The database as a site of this node sees it. */
  LocalPeer peerFor(String site) {
    return new LocalPeer(
        databases,
        new Endpoint.Local(DATABASE),
        name,
        LocalLimits.DEFAULT,
        whole -> whole.seenBy(site),
        AuditLog.NONE);
  }

  LocalPeer peer() {
    return new LocalPeer(databases, new Endpoint.Local(DATABASE), name, LocalLimits.DEFAULT);
  }

  /** The database as the running process sees it. */
  Database database() {
    return databases.find(DATABASE).orElseThrow();
  }

  /** The database as it is on the disk: what counts. Nothing while it is being created anew. */
  Optional<DocumentStore> onDisk() {
    return disk.find(DATABASE);
  }

  /** Grows with every call that may have changed what is on the disk. */
  long writes() {
    return process.writes();
  }

  /** A document as it is on the disk, with its tree and its leaves' content. */
  Optional<StoredDocument> document(DocId id) {
    StoredDocument[] found = new StoredDocument[1];
    onDisk()
        .ifPresent(
            store ->
                store.load(
                    List.of(id),
                    Fields.TREE,
                    document -> {
                      found[0] = document;
                      return true;
                    }));
    return Optional.ofNullable(found[0]);
  }

  /** Every document with all its leaves and what they say. */
  TreeMap<String, String> fingerprint() {
    TreeMap<String, String> all = new TreeMap<>();
    onDisk()
        .orElseThrow()
        .scan(
            DocRange.ALL,
            new Fields(false, Fields.Bodies.LEAVES),
            document -> {
              StringBuilder text = new StringBuilder();
              for (StoredRevision leaf : document.revisions()) {
                text.append(leaf.rev()).append(leaf.deleted()).append(leaf.body());
                leaf.attachments().forEach(ref -> text.append(ref.name()).append(ref.digest()));
              }
              all.put(document.id().text(), text.toString());
              return true;
            });
    return all;
  }

  void assertNothingOpen() {
    databases.close();
    process.assertNothingOpen();
  }
}
