package org.skerry.postgres.apply;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteGuard;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.SatelliteReader;
import org.skerry.postgres.access.Access;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Installation;
import org.skerry.postgres.capture.Gate;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.AttachmentStore;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import tools.jackson.databind.json.JsonMapper;

/** A database here, an application's beside it, and what applies the one to the other. */
final class Shore implements AutoCloseable {
  final TestDatabase application;
  final Database database;
  final Satellite satellite;
  final Connection connection;
  final Apply apply;
  private final Databases databases = new Databases(new MemoryStore());

  Shore(String mapping, String... tables) {
    this(mapping, "", tables);
  }

  Shore(String mapping, String more, String[] tables) {
    this.application = PostgresServer.shared().database(tables);
    this.database = databases.create("clinic").orElseThrow();
    String json =
        """
        {"url": "%s", "user": "%s", "password": "%s", "database": "clinic", %s
         "mapping": {"tables": [%s]}}
        """
            .formatted(
                application.url(), PostgresServer.USER, PostgresServer.PASSWORD, more, mapping);
    this.satellite = SatelliteReader.read("hill", new JsonMapper().readTree(json), name -> true);
    try {
      this.connection = access().open();
      Transactions.run(
          connection,
          open -> {
            Installation.make(open);
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.apply = new Apply(satellite, database, Gate.OPEN, Optional.empty());
  }

  Access access() {
    return satellite.access();
  }

  /** Writes a document over whatever is there, and answers with its revision. */
  RevId put(String id, String json) {
    WriteResult result =
        database.update(
            new NewRevision(DocId.of(id), winner(id), false, Body.parse(json), List.of()));
    return ((WriteResult.Written) result).rev();
  }

  /** The same, with an attachment that says the same. */
  RevId attach(String id, String json, String attachment) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (AttachmentStore.Upload upload = database.store().attachments().begin()) {
      upload.write(bytes, 0, bytes.length);
      try (AttachmentStore.Pin pin = upload.finish()) {
        AttachmentRef ref =
            new AttachmentRef(
                attachment,
                "text/plain",
                0,
                pin.blob(),
                "md5-" + attachment,
                AttachmentRef.Encoding.IDENTITY,
                bytes.length,
                bytes.length);
        List<AttachmentInput> attachments = List.of(new AttachmentInput.Stored(ref));
        WriteResult result =
            database.update(
                new NewRevision(DocId.of(id), winner(id), false, Body.parse(json), attachments));
        return ((WriteResult.Written) result).rev();
      }
    }
  }

  /** From now on no document of that id may be written, for a reason. */
  void forbid(String id, String reason) {
    databases.guard(
        (in, revision, author) ->
            revision.id().text().equals(id)
                ? WriteGuard.Verdict.forbidden(reason)
                : WriteGuard.Verdict.PASS);
  }

  RevId delete(String id) {
    WriteResult result =
        database.update(new NewRevision(DocId.of(id), winner(id), true, Body.EMPTY, List.of()));
    return ((WriteResult.Written) result).rev();
  }

  private Optional<RevId> winner(String id) {
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

  boolean isDeleted(String id) {
    return winner(id).isEmpty();
  }

  /** How many versions of a document nobody deleted. */
  long versions(String id) {
    List<Leaf> found = new ArrayList<>();
    database
        .store()
        .load(List.of(DocId.of(id)), Fields.LEAVES, document -> found.addAll(document.leaves()));
    return found.stream().filter(leaf -> !leaf.deleted()).count();
  }

  /** The attachments of a document's winner. */
  List<AttachmentRef> attachments(String id) {
    List<AttachmentRef> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.WINNER,
            document -> found.addAll(document.revisions().getFirst().attachments()));
    return found;
  }

  /** Two edits of what is there, neither of which knows the other. */
  void conflict(String id, String one, String other) {
    RevId parent = winner(id).orElseThrow();
    for (String json : List.of(one, other)) {
      Body body = Body.parse(json);
      RevId rev = RevisionHash.next(Optional.of(parent), false, body, List.of());
      database.merge(
          List.of(
              new ForeignRevision(DocId.of(id), RevPath.of(rev, parent), false, body, List.of())));
    }
  }

  /** The member `name` of a document's winner. */
  String name(String id) {
    List<String> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.WINNER,
            document ->
                found.add(
                    new JsonMapper()
                        .readTree(document.revisions().getFirst().body().json())
                        .path("name")
                        .asString()));
    return found.getFirst();
  }

  /** Applies, and answers with what was done. */
  Tally pass() {
    try {
      return apply.pass(connection).tally();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> rows(String sql) {
    return application.rows(sql);
  }

  List<Waiting> waiting() {
    try {
      return Transactions.run(connection, open -> WaitingRoom.list(open, "", 100));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has those that wait tried again now. */
  Tally hurry() {
    try {
      Transactions.run(connection, WaitingRoom::hurry);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return pass();
  }

  static String uuid() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    databases.close();
  }
}
