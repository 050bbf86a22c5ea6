package org.skerry.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Database;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.index.Indexes;
import org.skerry.revision.RevId;
import org.skerry.script.Scripts;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/** A node's views: design documents as they are now, read once each. Any thread may call. */
public final class Views {
  /** Beyond so many design documents, all are read again. */
  private static final int KEPT = 1_000;

  private final Indexes indexes;
  private final Scripts scripts;
  private final ConcurrentHashMap<Key, Known> known = new ConcurrentHashMap<>();

  private record Key(String incarnation, DocId design) {}

  /** Where a database stands: as long as it does, its documents are the same. */
  private record Moment(Seq seq, long purges) {
    /**
     * Nothing for a site: what it sees depends on more than its feed, and its counts are a walk
     * over all that it has.
     */
    static Optional<Moment> of(Database database) {
      DocumentStore store = database.store();
      return database.subset().isPresent()
          ? Optional.empty()
          : Optional.of(new Moment(store.now(), store.totals().purges()));
    }
  }

  /**
   * What a revision of a design document says, and where the database stood when it was last seen
   * to be the one.
   */
  private record Known(RevId rev, Optional<ViewGroup> group, Optional<Moment> at) {
    boolean isOf(Optional<Moment> now) {
      return at.isPresent() && at.equals(now);
    }

    Known seenAt(Optional<Moment> now) {
      return new Known(rev, group, now);
    }
  }

  public Views(Indexes indexes, Scripts scripts) {
    this.indexes = indexes;
    this.scripts = scripts;
    indexes.register(this::signatures);
  }

  /** Where the rows are. */
  public Indexes indexes() {
    return indexes;
  }

  /** What was found under a design document's id. */
  public sealed interface Found {
    /** A design document with views. */
    record Group(ViewGroup group) implements Found {}

    /** A design document without. */
    record NoViews() implements Found {}

    /** None. */
    record Missing() implements Found {}

    /** None any more. */
    record Deleted() implements Found {}
  }

  /**
   * The views of a design document.
   *
   * @param name the part of its id behind {@code _design/}
   * @throws InvalidDesignException when they cannot be built
   */
  public Found find(Database database, String name) {
    DocId id;
    try {
      id = DocId.of("_design/" + name);
    } catch (BadDocumentException e) {
      return new Found.Missing();
    }
    DocumentStore store = database.store();
    // Asked before the document is, so that what comes between is seen next time.
    Optional<Moment> now = Moment.of(database);
    Key key = new Key(store.incarnation(), id);
    Known before = known.get(key);
    if (before != null && before.isOf(now)) {
      return found(before.group());
    }
    // Whoever asks for rows asks for a design document that is known: its body is not read again.
    Optional<StoredDocument> leaves = read(store, id, Fields.LEAVES);
    if (leaves.isEmpty()) {
      return new Found.Missing();
    }
    if (leaves.get().deleted()) {
      return new Found.Deleted();
    }
    if (before != null && before.rev().equals(leaves.get().winner().rev())) {
      known.put(key, before.seenAt(now));
      return found(before.group());
    }
    return read(store, id, Fields.WINNER)
        .<Found>map(
            design -> design.deleted() ? new Found.Deleted() : found(learn(key, design, now)))
        .orElseGet(Found.Missing::new);
  }

  private static Optional<StoredDocument> read(DocumentStore store, DocId id, Fields fields) {
    List<StoredDocument> found = new ArrayList<>(1);
    store.load(List.of(id), fields, found::add);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  private static Found found(Optional<ViewGroup> group) {
    return group.<Found>map(Found.Group::new).orElseGet(Found.NoViews::new);
  }

  private Optional<ViewGroup> learn(Key key, StoredDocument design, Optional<Moment> now) {
    Optional<ViewGroup> group = ViewGroup.of(design, scripts);
    if (known.size() >= KEPT) {
      known.clear();
    }
    known.put(key, new Known(design.winner().rev(), group, now));
    return group;
  }

  private Set<String> signatures(StoredDocument design) {
    try {
      return ViewGroup.of(design, scripts)
          .map(group -> Set.of(group.definition().signature()))
          .orElse(Set.of());
    } catch (InvalidDesignException e) {
      return Set.of();
    }
  }
}
