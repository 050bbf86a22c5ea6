package org.skerry.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.Scripts;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;

/**
 * The design documents of a node's databases, with their functions. Any thread may call.
 *
 * <p>What validates is kept for each database that somebody writes into, as of its {@link
 * Database#designVersion}; the rest is kept as long as it is among those used last.
 */
public final class Designs {
  private static final DocRange DESIGN_IDS =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  /** How many compiled design documents are kept, of those that are not asked at every write. */
  private static final int KEPT = 128;

  private final Scripts scripts;
  private final Map<String, Validators> validators = new ConcurrentHashMap<>();
  private final Recent recent = new Recent();

  private Designs(Scripts scripts) {
    this.scripts = scripts;
  }

  /** The design documents of these databases; from now on they guard them. */
  public static Designs guarding(Databases databases, Scripts scripts) {
    Designs designs = new Designs(scripts);
    databases.guard(new Validation(designs, new DesignCheck(scripts)));
    databases.onDrop((name, incarnation) -> designs.forget(incarnation));
    return designs;
  }

  private void forget(String incarnation) {
    validators.remove(incarnation);
    recent.forget(incarnation);
  }

  /** Those of a database's design documents that validate, as of a version. */
  private record Validators(long version, List<DesignFunctions> designs) {}

  /** The design documents with {@code validate_doc_update}, in the order of their ids. */
  List<DesignFunctions> validators(Database database) {
    long version = database.designVersion();
    String incarnation = database.store().incarnation();
    Validators known = validators.get(incarnation);
    if (known == null || known.version != version) {
      known = new Validators(version, load(database));
      validators.put(incarnation, known);
    }
    return known.designs;
  }

  private List<DesignFunctions> load(Database database) {
    List<DesignFunctions> found = new ArrayList<>();
    database
        .store()
        .scan(
            DESIGN_IDS,
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                JsonNode json = json(document);
                if (json.path("validate_doc_update").isString()) {
                  found.add(compiled(database, document, json));
                }
              }
              return true;
            });
    return List.copyOf(found);
  }

  /**
   * The winner of a design document.
   *
   * @param name without {@code _design/}
   * @throws DesignMissingException when there is none
   */
  public DesignFunctions find(Database database, String name) {
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(DocId.of("_design/" + name)), Fields.WINNER, found::add);
    if (found.isEmpty()) {
      throw new DesignMissingException("missing");
    }
    if (found.getFirst().deleted()) {
      throw new DesignMissingException("deleted");
    }
    return compiled(database, found.getFirst(), json(found.getFirst()));
  }

  private DesignFunctions compiled(Database database, StoredDocument document, JsonNode json) {
    Key key =
        new Key(
            database.store().incarnation(), document.id(), document.revisions().getFirst().rev());
    return recent.get(
        key, () -> new DesignFunctions(document.id(), key.rev, json, scripts.design(json)));
  }

  private static JsonNode json(StoredDocument document) {
    StoredRevision winner = document.revisions().getFirst();
    return DesignJson.read(
        JsonOut.bytes(out -> DocumentJson.write(out, document.id(), winner, DocumentExtras.NONE)));
  }

  private record Key(String incarnation, DocId id, RevId rev) {}

  /** The design documents used last. Functions that somebody still uses work on when they go. */
  private static final class Recent {
    private final LinkedHashMap<Key, DesignFunctions> designs =
        new LinkedHashMap<>(16, 0.75f, true);

    synchronized DesignFunctions get(
        Key key, java.util.function.Supplier<DesignFunctions> compile) {
      DesignFunctions known = designs.get(key);
      if (known == null) {
        known = compile.get();
        designs.put(key, known);
        if (designs.size() > KEPT) {
          designs.pollFirstEntry();
        }
      }
      return known;
    }

    synchronized void forget(String incarnation) {
      designs.keySet().removeIf(key -> key.incarnation.equals(incarnation));
    }
  }
}
