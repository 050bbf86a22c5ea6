package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.mango.MangoException.Kind;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import tools.jackson.databind.JsonNode;

/**
 * Creates and deletes indexes, by writing their design documents. When somebody else writes the
 * same one meanwhile, it is read again and changed again.
 */
public final class IndexAdministration {
  private static final int ATTEMPTS = 20;

  private final Database database;
  private final Author author;

  /**
   * The administration of a database's indexes.
   *
   * @param author whoever asks for the changes
   */
  public IndexAdministration(Database database, Author author) {
    this.database = database;
    this.author = author;
  }

  /**
   * Reads the body of {@code POST /{db}/_index/_bulk_delete}.
   *
   * @return ids of design documents
   * @throws MangoException when it names none
   */
  public static List<String> designs(JsonNode json) {
    Options options = new Options(json);
    JsonNode ids = options.require("docids");
    options.positive("w", 2);
    options.end();
    if (!ids.isArray() || !ids.valueStream().allMatch(IndexAdministration::isName)) {
      throw MangoException.bad(
          "invalid_bulk_docs", "Bulk Delete requires an array of non-null docids. Docids: " + ids);
    }
    return ids.valueStream().map(id -> UseIndex.designId(id.stringValue())).toList();
  }

  private static boolean isName(JsonNode json) {
    return json.isString() && !json.stringValue().isEmpty();
  }

  /**
   * Creates an index.
   *
   * @return whether it was not there before
   * @throws MangoException when its design document cannot take it
   * @throws DesignRefusedException when the author may not write it
   */
  public boolean create(IndexRequest request) {
    return change(DocId.of(request.designId()), (design, isNew) -> design.with(request, isNew));
  }

  /**
   * Deletes an index, and with the last its design document.
   *
   * @param design the design document, with {@code _design/} or without
   * @return whether there was one
   */
  public boolean delete(String design, String type, String name) {
    String designId = UseIndex.designId(design);
    boolean known =
        type.equals("json") && indexes(designId).stream().anyMatch(i -> i.name().equals(name));
    return known && change(DocId.of(designId), (found, isNew) -> found.without(name));
  }

  /**
   * Deletes all indexes of a design document.
   *
   * @return whether there were any
   */
  public boolean deleteAll(String designId) {
    List<MangoIndex.Json> indexes = indexes(designId);
    return !indexes.isEmpty()
        && change(
            DocId.of(designId),
            (design, isNew) -> {
              IndexDesign rest = design;
              for (MangoIndex.Json index : indexes) {
                rest = rest.without(index.name());
              }
              return rest;
            });
  }

  private List<MangoIndex.Json> indexes(String designId) {
    return designId.equals("_design/")
        ? List.of()
        : load(DocId.of(designId)).map(d -> IndexCatalog.design(d).indexes()).orElse(List.of());
  }

  /** What becomes of a design document. */
  private interface Change {
    IndexDesign apply(IndexDesign design, boolean isNew);
  }

  /** Returns whether anything changed. */
  private boolean change(DocId id, Change change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<StoredDocument> present = load(id);
      IndexDesign before =
          present.map(IndexCatalog::design).orElseGet(() -> IndexDesign.fresh(id.text()));
      IndexDesign after = change.apply(before, present.isEmpty());
      if (present.isPresent() && after.body().equals(before.body())) {
        return false;
      }
      if (write(id, present, after)) {
        return true;
      }
    }
    throw new MangoException(
        Kind.FAILED,
        "error_saving_ddoc",
        "Encountered a conflict while saving the design document.");
  }

  /** Returns whether nobody came between. */
  private boolean write(DocId id, Optional<StoredDocument> present, IndexDesign design) {
    boolean deleted = design.isBare();
    WriteResult result =
        database.update(
            new NewRevision(
                id,
                present.map(document -> document.winner().rev()),
                deleted,
                deleted ? Body.EMPTY : Body.parse(design.body().toString()),
                deleted ? List.of() : present.map(IndexAdministration::kept).orElse(List.of())),
            author);
    return switch (result) {
      case WriteResult.Written _, WriteResult.Present _ -> true;
      case WriteResult.Conflict _, WriteResult.MissingStub _ -> false;
      case WriteResult.Forbidden refusal -> throw new DesignRefusedException(refusal);
    };
  }

  private static List<AttachmentInput> kept(StoredDocument document) {
    StoredRevision winner = document.revisions().getFirst();
    List<AttachmentInput> stubs = new ArrayList<>();
    winner
        .attachments()
        .forEach(
            attachment ->
                stubs.add(
                    new AttachmentInput.Stub(
                        attachment.name(),
                        Optional.of(attachment.revpos()),
                        Optional.of(attachment.digest()))));
    return stubs;
  }

  private Optional<StoredDocument> load(DocId id) {
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(id), Fields.WINNER, found::add);
    return found.stream().filter(document -> !document.deleted()).findFirst();
  }
}
