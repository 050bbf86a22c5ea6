package org.skerry.fhir.search.execute;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;

/** Whatever one of several streams has. */
record UnionStream(List<DocumentStream> streams) implements DocumentStream {
  UnionStream {
    streams = List.copyOf(streams);
  }

  @Override
  public Optional<DocId> advance(Optional<DocId> from) {
    Optional<DocId> least = Optional.empty();
    for (DocumentStream stream : streams) {
      Optional<DocId> one = stream.advance(from);
      if (one.isPresent() && (least.isEmpty() || one.get().compareTo(least.get()) < 0)) {
        least = one;
      }
    }
    return least;
  }

  @Override
  public boolean reads() {
    return streams.stream().anyMatch(DocumentStream::reads);
  }

  @Override
  public boolean has(DocId id) {
    return streams.stream().anyMatch(stream -> stream.has(id));
  }
}
