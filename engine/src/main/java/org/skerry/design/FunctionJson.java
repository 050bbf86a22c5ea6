package org.skerry.design;

import java.util.Map;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ProposedRevision;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.RevPath;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What functions are handed, as JSON in CouchDB's form. */
public final class FunctionJson {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /** How many ancestors a document shows: CouchDB's {@code query_server_config/revs_limit}. */
  private static final int REVISIONS = 20;

  private FunctionJson() {}

  /** A document as it is to be written. */
  static byte[] proposed(ProposedRevision revision) {
    return JsonOut.bytes(
        out ->
            DocumentJson.write(
                out,
                revision.id(),
                revision.path(),
                revision.deleted(),
                revision.body(),
                revision.attachments()));
  }

  /** A revision that is here. */
  public static byte[] stored(DocId id, Found found) {
    RevPath path = found.path().truncate(REVISIONS);
    return JsonOut.bytes(
        out ->
            DocumentJson.write(out, id, found.revision(), DocumentExtras.NONE.withRevisions(path)));
  }

  /** A leaf as a feed shows it. */
  static byte[] leaf(StoredDocument document, StoredRevision leaf) {
    return JsonOut.bytes(out -> DocumentJson.write(out, document.id(), leaf, DocumentExtras.NONE));
  }

  /** {@code userCtx}. */
  public static ObjectNode userCtx(Database database, Author author) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("db", database.name());
    Optional<String> name = author.name();
    if (name.isPresent()) {
      context.put("name", name.get());
    } else {
      context.putNull("name");
    }
    ArrayNode roles = context.putArray("roles");
    author.roles().stream().sorted().forEach(roles::add);
    return context;
  }

  /** What a filter function is told of a replication that reads here: {@code req}. */
  public static JsonNode request(Database database, Author author, Map<String, String> parameters) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("method", "GET");
    request.putArray("path").add(database.name()).add("_changes");
    ObjectNode query = request.putObject("query");
    parameters.forEach(query::put);
    request.putObject("headers");
    request.set("userCtx", userCtx(database, author));
    request.set("secObj", secObj(database));
    return request;
  }

  /** {@code secObj}. */
  public static JsonNode secObj(Database database) {
    return MAPPER.readTree(database.security().json());
  }
}
