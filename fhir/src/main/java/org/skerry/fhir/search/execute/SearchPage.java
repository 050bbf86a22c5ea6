package org.skerry.fhir.search.execute;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.store.StoredDocument;

/**
 * A part of an answer.
 *
 * @param matches what was found, in order
 * @param included what came with it
 * @param total how many there are in all, if that is known
 * @param next where the next page begins, if there is one
 * @param truncated whether not everything is there that should have come with it
 */
public record SearchPage(
    List<StoredDocument> matches,
    List<StoredDocument> included,
    OptionalLong total,
    Optional<String> next,
    boolean truncated) {
  public SearchPage {
    matches = List.copyOf(matches);
    included = List.copyOf(included);
  }
}
