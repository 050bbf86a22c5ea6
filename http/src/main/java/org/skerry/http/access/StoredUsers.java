package org.skerry.http.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users of the database {@code _users}. What was read is remembered until the database changes,
 * so that each request sees every change that was acknowledged before it.
 */
public final class StoredUsers implements UserDirectory {
  /** The database. */
  public static final String DATABASE = "_users";

  private static final int MOST = 10_000;

  private final Databases databases;
  private volatile Remembered remembered =
      new Remembered("", Optional.empty(), new ConcurrentHashMap<>());

  /** What was read since the database stood at that position; who is unknown is known to be. */
  private record Remembered(
      String incarnation,
      Optional<Seq> position,
      ConcurrentHashMap<String, Optional<KnownUser>> users) {}

  public StoredUsers(Databases databases) {
    this.databases = databases;
  }

  @Override
  public Optional<KnownUser> find(String name) {
    try {
      return databases.find(DATABASE).flatMap(database -> find(database, name));
    } catch (DatabaseGoneException e) {
      return Optional.empty();
    }
  }

  private Optional<KnownUser> find(Database database, String name) {
    Remembered known = asOfNow(database);
    Optional<KnownUser> user = known.users.get(name);
    if (user == null) {
      user = read(database, name);
      if (known.users.size() >= MOST) {
        known.users.clear();
      }
      known.users.put(name, user);
    }
    return user;
  }

  /** Taken before anything is read, so that what is remembered is never older. */
  private Remembered asOfNow(Database database) {
    Optional<Seq> position = Optional.of(database.store().now());
    String incarnation = database.store().incarnation();
    Remembered known = remembered;
    if (!known.position.equals(position) || !known.incarnation.equals(incarnation)) {
      known = new Remembered(incarnation, position, new ConcurrentHashMap<>());
      remembered = known;
    }
    return known;
  }

  private static Optional<KnownUser> read(Database database, String name) {
    return load(database, name)
        .flatMap(
            document -> UserDocuments.read(name, document.revisions().getFirst().body().json()));
  }

  private static Optional<StoredDocument> load(Database database, String name) {
    DocId id;
    try {
      id = DocId.of(UserDocuments.PREFIX + name);
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(id), Fields.WINNER, found::add);
    return found.stream().findFirst().filter(document -> !document.deleted());
  }

  @Override
  public void replace(KnownUser user, PasswordHash better) {
    Optional<Database> database = databases.find(DATABASE);
    Optional<StoredDocument> document =
        database.flatMap(users -> load(users, user.name())).filter(stored -> isStill(stored, user));
    if (database.isPresent() && document.isPresent()) {
      // Whoever writes at the same time wins: then the hash is replaced another time.
      database.get().update(edit(document.get(), better));
    }
  }

  private static boolean isStill(StoredDocument document, KnownUser user) {
    return UserDocuments.read(user.name(), document.revisions().getFirst().body().json())
        .map(KnownUser::password)
        .equals(Optional.of(user.password()));
  }

  private static NewRevision edit(StoredDocument document, PasswordHash better) {
    ObjectNode json =
        (ObjectNode) UserDocuments.JSON.readTree(document.revisions().getFirst().body().json());
    UserDocuments.put(json, better);
    return new NewRevision(
        document.id(),
        Optional.of(document.winner().rev()),
        false,
        Body.parse(json.toString()),
        List.of());
  }
}
