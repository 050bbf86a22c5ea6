package org.skerry.postgres.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application with its database, and a node in memory that captures what it does. */
final class Clinic implements AutoCloseable {
  static final String PARTY =
      "CREATE TABLE party (id serial PRIMARY KEY, name varchar, notes text, weight numeric,"
          + " active boolean DEFAULT true, seen timestamp, write_date timestamp)";
  static final String ADDRESS =
      "CREATE TABLE address (id serial PRIMARY KEY, party integer REFERENCES party, city varchar)";
  static final String MAPPING =
      """
      {"tables": [
        {"name": "party", "columns": ["name", "notes", "weight", "seen"], "local": ["write_date"]},
        {"name": "address", "columns": ["city"], "references": {"party": "party"}}]}
      """;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestDatabase application;
  private final Databases databases = new Databases(new MemoryStore());
  private final String more;
  private Capture capture;
  private Optional<Thread> thread = Optional.empty();
  private Optional<Exception> failure = Optional.empty();

  Clinic() {
    this(MAPPING, PARTY, ADDRESS);
  }

  Clinic(String mapping, String... tables) {
    this(PostgresServer.shared().database(tables), mapping, "");
  }

  /**
   * A clinic.
   *
   * @param more members of the satellite's document
   */
  Clinic(TestDatabase application, String mapping, String more) {
    this.application = application;
    this.more = more;
    databases.create("clinic");
    this.capture = capture(mapping);
  }

  private Capture capture(String mapping) {
    return new Capture(satellite(mapping), database(), true, new Figures(), InstantSource.system());
  }

  private Satellite satellite(String mapping) {
    String json =
        "{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"database\":\"clinic\",%s\"mapping\":%s}"
            .formatted(
                application.url(), PostgresServer.USER, PostgresServer.PASSWORD, more, mapping);
    return SatelliteReader.read("tryton", MAPPER.readTree(json), name -> true);
  }

  /** The next start goes by another mapping. */
  Clinic mapped(String mapping) {
    capture = capture(mapping);
    return this;
  }

  TestDatabase application() {
    return application;
  }

  Databases databases() {
    return databases;
  }

  Database database() {
    return databases.find("clinic").orElseThrow();
  }

  Capture capture() {
    return capture;
  }

  /** Captures from now on. */
  Clinic start() {
    thread = Optional.of(Thread.ofVirtual().start(this::run));
    return this;
  }

  private void run() {
    try {
      capture.run();
    } catch (SQLException | RuntimeException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      failure = Optional.empty();
    }
  }

  Clinic stop() {
    thread.ifPresent(Thread::interrupt);
    awaitEnd();
    return this;
  }

  /** Why capture ended by itself. */
  Optional<Exception> awaitEnd() {
    try {
      if (thread.isPresent()) {
        thread.get().join();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    thread = Optional.empty();
    return failure;
  }

  /** Runs statements as the application, each in a transaction of its own, and captures them. */
  Clinic does(String... statements) {
    application.run(statements);
    return captured();
  }

  /** Waits until everything that was committed is captured. */
  Clinic captured() {
    try {
      if (!capture.awaitFollowing(LONG)) {
        throw new AssertionError("capture does not follow", failure.orElse(null));
      }
      capture.gate().pass();
    } catch (InterruptedException | SQLException e) {
      throw new AssertionError(e);
    } catch (CaptureStoppedException e) {
      throw new AssertionError(e.getMessage(), failure.orElse(e));
    }
    return this;
  }

  /** Waits until so many changes were written. */
  void awaitDocuments(int count) {
    try {
      Seq now = database().store().now();
      while (now.number() < count) {
        database().changes().await(now, LONG);
        now = database().store().now();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Live documents, by id, of a type. */
  Map<String, JsonNode> documents(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    database()
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted() && document.id().text().startsWith(type + "/")) {
                found.put(
                    document.id().text(),
                    MAPPER.readTree(document.revisions().getFirst().body().json()));
              }
              return true;
            });
    return found;
  }

  /** The only live document of a type. */
  JsonNode only(String type) {
    Map<String, JsonNode> found = documents(type);
    if (found.size() != 1) {
      throw new AssertionError("documents of " + type + ": " + found);
    }
    return found.values().iterator().next();
  }

  /** The id of the document that a row is. */
  String id(String table, int row) {
    return application.value(
        "SELECT name FROM skerry.row WHERE tbl = '" + table + "' AND id = '" + row + "'");
  }

  StoredDocument stored(String id) {
    List<StoredDocument> found = new ArrayList<>();
    database().store().load(List.of(DocId.of(id)), Fields.WINNER, found::add);
    return found.getFirst();
  }

  JsonNode body(String id) {
    return MAPPER.readTree(stored(id).revisions().getFirst().body().json());
  }

  /** How long a document's history is. */
  int generation(String id) {
    return stored(id).winner().rev().generation();
  }

  /** The live versions of a document. */
  List<RevId> versions(String id) {
    return stored(id).leaves().stream().filter(leaf -> !leaf.deleted()).map(Leaf::rev).toList();
  }

  /** Somebody else edits a document. */
  RevId edits(String id, String json) {
    WriteResult result =
        database()
            .update(
                new NewRevision(
                    DocId.of(id),
                    Optional.of(stored(id).winner().rev()),
                    false,
                    Body.parse(json),
                    List.of()));
    return ((WriteResult.Written) result).rev();
  }

  /** Somebody else attaches three bytes to a document. */
  RevId attaches(String id, String name) {
    StoredRevision now = stored(id).revisions().getFirst();
    try (IncomingAttachment photo =
        new AttachmentIntake(database().store().attachments(), 1_000)
            .receive(
                AttachmentIntake.Announced.identity(name, "image/png"),
                new ByteArrayInputStream(new byte[] {1, 2, 3}))) {
      WriteResult result =
          database()
              .update(
                  new NewRevision(
                      DocId.of(id),
                      Optional.of(now.rev()),
                      false,
                      now.body(),
                      List.of(photo.input())));
      return ((WriteResult.Written) result).rev();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    databases.close();
  }
}
