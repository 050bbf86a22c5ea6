package org.skerry.search;

/**
 * Where an index is defined.
 *
 * @param designDocument the id, with {@code _design/}
 */
public record IndexPlace(String designDocument, String name) {}
