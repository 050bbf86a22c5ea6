package org.skerry.script;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The functions of one design document that look at documents one by one. Any thread may call, any
 * number of them. All methods throw {@link ScriptException}.
 */
public interface DesignScript extends AutoCloseable {
  /**
   * Runs {@code validate_doc_update}; returning is its consent.
   *
   * @param previous what the document was
   */
  void validate(byte[] document, Optional<byte[]> previous, JsonNode userCtx, JsonNode secObj);

  /** Runs {@code filters.name} on documents, in their order. */
  List<Boolean> filter(String name, List<byte[]> documents, JsonNode request);

  /** Runs {@code views.name.map} on documents: those for which it emits pass. */
  List<Boolean> filterByView(String name, List<byte[]> documents);

  /**
   * Runs {@code updates.name}.
   *
   * @param document nothing when there is none
   */
  Updated update(String name, Optional<byte[]> document, JsonNode request);

  @Override
  void close();

  /**
   * What an update function returned.
   *
   * @param document what is to be written; nothing for anything but an object
   * @param response an object in CouchDB's form; a text became its {@code body}
   */
  record Updated(Optional<JsonNode> document, JsonNode response) {}
}
