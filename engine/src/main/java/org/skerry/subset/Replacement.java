package org.skerry.subset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.scope.ScopeRules;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.store.Totals;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Subsets.Placed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the documents of one database the labels that its rules say, since the rules changed. Goes
 * on after a crash from where it was. One thread at a time; {@link #progress} for any.
 */
final class Replacement {
  private static final String PROPERTY = "scope_placed";
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final byte[] NO_RULES = {};
  private static final Fields FIELDS = new Fields(false, Fields.Bodies.LEAVES);

  private final Database database;
  private final DocumentStore store;

  /** Volatile: read by whoever shows it. */
  private volatile Optional<SubsetKeeper.Progress> progress = Optional.empty();

  /**
   * The rules that all documents follow, as far as was found out here: asked for after each write.
   * Volatile: read by whoever shows it.
   */
  private volatile @Nullable Optional<ScopeRules> followed;

  Replacement(Database database) {
    this.database = database;
    this.store = database.store();
  }

  Optional<SubsetKeeper.Progress> progress() {
    return progress;
  }

  /**
   * How far documents have followed.
   *
   * @param rules which rules they follow: their {@linkplain #name name}
   * @param behind the last document that was placed
   */
  private record State(String rules, boolean done, Optional<String> behind) {}

  private State state() {
    JsonNode json =
        store.properties().get(PROPERTY).map(MAPPER::readTree).orElseGet(MAPPER::createObjectNode);
    return new State(
        json.path("rules").asString(""),
        json.path("done").asBoolean(true),
        Optional.of(json.path("behind")).filter(JsonNode::isString).map(JsonNode::stringValue));
  }

  private void put(State state) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("rules", state.rules).put("done", state.done);
    state.behind.ifPresent(id -> json.put("behind", id));
    store.properties().put(PROPERTY, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether documents have labels of other rules. */
  boolean isBehind() {
    return !database.scope().equals(followed) && isBehindByRecord();
  }

  private boolean isBehindByRecord() {
    State state = state();
    return !state.done || !state.rules.equals(name(database.scopeEdition(), database.scope()));
  }

  /** Rules that were others meanwhile are not those that documents followed. */
  private static String name(long edition, Optional<ScopeRules> scope) {
    String digest = digest(scope.map(ScopeRules::json).orElse(NO_RULES));
    return edition == 0 ? digest : edition + " " + digest;
  }

  /** Places some documents; returns whether there may be more. */
  boolean step(int limit) {
    if (database.scope().equals(followed)) {
      return false;
    }
    // The rules first, which change behind their edition: none get that of older ones.
    Optional<ScopeRules> scope = database.scope();
    String rules = name(database.scopeEdition(), scope);
    State state = state();
    if (!state.rules.equals(rules)) {
      state = new State(rules, false, Optional.empty());
      put(state);
    }
    if (state.done) {
      followed = scope;
      return false;
    }
    List<StoredDocument> documents = page(state.behind, limit);
    List<DocId> deleted = place(documents, scope);
    while (!deleted.isEmpty()) {
      deleted = place(loaded(deleted), scope);
    }
    boolean done = documents.size() < limit;
    put(
        new State(
            rules,
            done,
            documents.isEmpty() ? state.behind : Optional.of(documents.getLast().id().text())));
    show(documents.size(), done);
    return true;
  }

  private void show(int more, boolean done) {
    Totals totals = store.totals();
    SubsetKeeper.Progress before =
        progress.orElseGet(
            () ->
                new SubsetKeeper.Progress(
                    database.name(),
                    Instant.now().getEpochSecond(),
                    0,
                    totals.documents() + totals.tombstones()));
    progress =
        done
            ? Optional.empty()
            : Optional.of(
                new SubsetKeeper.Progress(
                    before.database(), before.started(), before.done() + more, before.total()));
  }

  private static String digest(byte[] rules) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rules));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private List<StoredDocument> page(Optional<String> behind, int limit) {
    List<StoredDocument> page = new ArrayList<>(limit);
    store.scan(
        new DocRange(behind, Optional.empty(), true, false),
        FIELDS,
        document -> {
          if (behind.isEmpty() || !document.id().text().equals(behind.get())) {
            page.add(document);
          }
          return page.size() < limit;
        });
    return page;
  }

  private List<StoredDocument> loaded(List<DocId> ids) {
    List<StoredDocument> documents = new ArrayList<>(ids.size());
    store.load(ids, FIELDS, documents::add);
    return documents;
  }

  /** Returns documents that were deleted meanwhile, with the labels of before. */
  private List<DocId> place(List<StoredDocument> documents, Optional<ScopeRules> scope) {
    return store
        .subsets()
        .place(documents.stream().map(document -> placed(document, scope)).toList());
  }

  private Placed placed(StoredDocument document, Optional<ScopeRules> scope) {
    Map<RevId, Placement> leaves = new HashMap<>();
    for (StoredRevision revision : document.revisions()) {
      leaves.put(
          revision.rev(),
          scope.map(rules -> place(rules, document.id(), revision)).orElse(Placement.NONE));
    }
    return new Placed(document.id(), leaves);
  }

  /** A tombstone goes where the last content went that is still here. */
  private Placement place(ScopeRules rules, DocId id, StoredRevision revision) {
    Placement own = rules.place(id, false, revision.body());
    return revision.deleted() && own.labels().isEmpty()
        ? ancestor(id, revision.rev())
            .map(found -> rules.place(id, false, found.revision().body()))
            .orElse(own)
        : own;
  }

  private Optional<Found> ancestor(DocId id, RevId rev) {
    List<RevId> ancestors = new ArrayList<>();
    store.load(
        List.of(id),
        Fields.TREE,
        document -> {
          document
              .tree()
              .flatMap(tree -> tree.path(rev))
              .map(RevPath::revisions)
              .ifPresent(path -> ancestors.addAll(path.subList(1, path.size())));
          return false;
        });
    for (RevId ancestor : ancestors) {
      List<Found> found = new ArrayList<>(1);
      store.read(
          List.of(new RevisionRef(id, ancestor)), (ref, there) -> there.ifPresent(found::add));
      if (!found.isEmpty() && !found.getFirst().revision().deleted()) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }
}
