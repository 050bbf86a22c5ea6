package org.skerry.subset;

import java.util.Optional;

/**
 * A country, a district, a village: something that holds others.
 *
 * @param id the document's id, which documents name to belong there
 */
public record Place(String id, Optional<String> parent) {}
