package org.skerry.http.couch;

import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * One document in a listing.
 *
 * @param document writes the document itself, when it was asked for: JSON null for a deleted one
 */
record ListedRow(
    String id, String rev, boolean deleted, Optional<Consumer<JsonGenerator>> document) {}
