package org.skerry.fhir.search.execute;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.skerry.document.DocId;

/** Documents that are known. */
final class IdStream implements DocumentStream {
  private final List<DocId> sorted;

  IdStream(Collection<DocId> ids) {
    this.sorted = List.copyOf(new TreeSet<>(ids));
  }

  int size() {
    return sorted.size();
  }

  @Override
  public Optional<DocId> advance(Optional<DocId> from) {
    int at = from.isEmpty() ? 0 : Collections.binarySearch(sorted, from.get());
    int first = at < 0 ? -at - 1 : at;
    return first < sorted.size() ? Optional.of(sorted.get(first)) : Optional.empty();
  }
}
