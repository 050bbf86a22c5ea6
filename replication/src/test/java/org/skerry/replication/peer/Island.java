package org.skerry.replication.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.skerry.attachment.AttachmentBody;
import org.skerry.attachment.AttachmentInput;
import org.skerry.attachment.AttachmentIntake;
import org.skerry.attachment.AttachmentIntake.Announced;
import org.skerry.attachment.IncomingAttachment;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.Store;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * A node with one database, for tests: edits in a line each, and a fingerprint to compare nodes by.
 */
public final class Island implements AutoCloseable {
  private final MemoryStore store = new MemoryStore();
  private final Databases databases;
  private final String name;

  /** A node whose database exists. */
  public Island(String name) {
    this(name, whole -> whole);
  }

  /** The same with something between the node and its store. */
  public Island(String name, UnaryOperator<Store> between) {
    this.databases = new Databases(between.apply(store));
    this.name = name;
    databases.create(name);
  }

  /** The node's databases. */
  public Databases databases() {
    return databases;
  }

  /** The database as it is now. */
  public Database database() {
    return databases.find(name).orElseThrow();
  }

  /** The database as a peer. */
  public LocalPeer peer() {
    return new LocalPeer(
        databases, new Endpoint.Local(name), "node-of-" + name, LocalLimits.DEFAULT);
  }

  /** Deletes the database and creates an empty one of the same name. */
  public void recreate() {
    databases.drop(name);
    databases.create(name);
  }

  /** Edits the winner, or creates the document. */
  public RevId edit(String id, String body) {
    return write(id, false, body, List.of());
  }

  /** Deletes the winner. */
  public RevId delete(String id) {
    return write(id, true, "{}", List.of());
  }

  /** Edits the winner and gives it one attachment. */
  public RevId attach(String id, String attachment, String text) {
    AttachmentIntake intake =
        new AttachmentIntake(database().store().attachments(), Long.MAX_VALUE);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (IncomingAttachment incoming =
        intake.receive(
            Announced.identity(attachment, "text/plain"), new ByteArrayInputStream(bytes))) {
      return write(id, false, "{}", List.of(incoming.input()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RevId write(String id, boolean deleted, String body, List<AttachmentInput> attachments) {
    Optional<RevId> parent = document(id).map(found -> found.winner().rev());
    WriteResult result =
        database()
            .update(new NewRevision(DocId.of(id), parent, deleted, Body.parse(body), attachments));
    return ((WriteResult.Written) result).rev();
  }

  /** Adds a revision beside the others. */
  public RevId conflict(String id, String rev, String body) {
    RevId name = RevId.parse(rev);
    database()
        .merge(
            List.of(
                new ForeignRevision(
                    DocId.of(id), RevPath.of(name), false, Body.parse(body), List.of())));
    return name;
  }

  /** A document with its leaves' content. */
  public Optional<StoredDocument> document(String id) {
    StoredDocument[] found = new StoredDocument[1];
    database()
        .store()
        .load(
            List.of(DocId.of(id)),
            new Fields(true, Fields.Bodies.LEAVES),
            document -> {
              found[0] = document;
              return true;
            });
    return Optional.ofNullable(found[0]);
  }

  /** The text of a winner's attachment. */
  public String attachment(String id, String attachment) {
    StoredRevision winner = document(id).orElseThrow().revisions().getFirst();
    AttachmentRef ref =
        winner.attachments().stream()
            .filter(one -> one.name().equals(attachment))
            .findFirst()
            .orElseThrow();
    try (InputStream in = AttachmentBody.decoded(database().store().attachments(), ref).stream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every document with all its leaves and what they say: equal on nodes that hold the same. */
  public TreeMap<String, String> fingerprint() {
    TreeMap<String, String> all = new TreeMap<>();
    database()
        .store()
        .scan(
            DocRange.ALL,
            new Fields(false, Fields.Bodies.LEAVES),
            document -> {
              all.put(document.id().text(), describe(document));
              return true;
            });
    return all;
  }

  private static String describe(StoredDocument document) {
    StringBuilder text = new StringBuilder();
    for (StoredRevision leaf : document.revisions()) {
      text.append(leaf.rev()).append(leaf.deleted() ? " deleted " : " ").append(leaf.body());
      leaf.attachments()
          .forEach(ref -> text.append(' ').append(ref.name()).append('=').append(ref.digest()));
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    store.close();
  }
}
