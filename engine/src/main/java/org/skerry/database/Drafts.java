package org.skerry.database;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.StoreException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody who alone writes a database is going to write into it: whole documents, whatever
 * their revisions are, all at once. Of one thread.
 */
public final class Drafts {
  private final Database database;
  private final String what;

  /** Nothing is a removal. */
  private final Map<DocId, Optional<ObjectNode>> drafts = new LinkedHashMap<>();

  /**
   * @param what what the documents are, for the message when one cannot be written
   */
  public Drafts(Database database, String what) {
    this.database = database;
    this.what = what;
  }

  /** The document is to say this. */
  public void put(DocId id, ObjectNode json) {
    drafts.put(id, Optional.of(json));
  }

  /** The document is to be deleted, if there is one. */
  public void remove(DocId id) {
    drafts.put(id, Optional.empty());
  }

  /** Whether something is going to be written there. */
  public boolean has(DocId id) {
    return drafts.containsKey(id);
  }

  /** What is going to be written there; nothing for removals too. */
  public Optional<ObjectNode> find(DocId id) {
    return drafts.getOrDefault(id, Optional.empty());
  }

  /** Forgets what was drafted. */
  public void clear() {
    drafts.clear();
  }

  /**
   * Writes everything that was drafted; durable on return. Nothing is drafted any more, whatever
   * becomes of it.
   *
   * @throws StoreException when a document was not written, which others may have been
   */
  public void commit() {
    if (drafts.isEmpty()) {
      return;
    }
    List<NewRevision> edits = edits();
    drafts.clear();
    for (WriteResult result : database.update(edits)) {
      if (!(result instanceof WriteResult.Written)) {
        throw new StoreException(what + ": " + result);
      }
    }
  }

  private List<NewRevision> edits() {
    Map<DocId, RevId> parents = parents();
    List<NewRevision> edits = new ArrayList<>(drafts.size());
    drafts.forEach(
        (id, json) -> {
          if (json.isPresent() || parents.containsKey(id)) {
            edits.add(
                new NewRevision(
                    id,
                    Optional.ofNullable(parents.get(id)),
                    json.isEmpty(),
                    json.map(Drafts::body).orElse(Body.EMPTY),
                    List.of()));
          }
        });
    return edits;
  }

  private Map<DocId, RevId> parents() {
    Map<DocId, RevId> parents = new HashMap<>();
    database
        .store()
        .load(
            List.copyOf(drafts.keySet()),
            Fields.LEAVES,
            document -> {
              if (!document.deleted()) {
                parents.put(document.id(), document.winner().rev());
              }
              return true;
            });
    return parents;
  }

  private static Body body(ObjectNode json) {
    return Body.ofTrusted(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
