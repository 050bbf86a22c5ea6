package org.skerry.fhir.search.execute;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skerry.document.DocId;

/**
 * Documents that all of some streams have and none of others, and that pass some checks.
 *
 * @param streams at least one, that with the fewest documents first
 * @param estimate how many documents there are at most, or so
 * @param exact whether the estimate is their number
 */
record Conjunction(
    List<DocumentStream> streams,
    List<DocumentStream> without,
    List<Predicate<DocId>> checks,
    long estimate,
    boolean exact)
    implements DocumentStream {
  Conjunction {
    streams = List.copyOf(streams);
    without = List.copyOf(without);
    checks = List.copyOf(checks);
  }

  @Override
  public boolean reads() {
    return !checks.isEmpty()
        || streams.stream().anyMatch(DocumentStream::reads)
        || without.stream().anyMatch(DocumentStream::reads);
  }

  @Override
  public Optional<DocId> advance(Optional<DocId> from) {
    Optional<DocId> candidate = streams.getFirst().advance(from);
    while (candidate.isPresent()) {
      Optional<DocId> agreed = agree(candidate.get());
      if (agreed.isEmpty() || agreed.get().equals(candidate.get()) && passes(agreed.get())) {
        return agreed;
      }
      candidate =
          streams
              .getFirst()
              .advance(
                  agreed.get().equals(candidate.get())
                      ? Optional.of(DocumentStream.behind(candidate.get()))
                      : agreed);
    }
    return candidate;
  }

  /** The candidate, if all streams have it, or else the next that could be one. */
  private Optional<DocId> agree(DocId candidate) {
    for (int i = 1; i < streams.size(); i++) {
      Optional<DocId> one = streams.get(i).advance(Optional.of(candidate));
      if (one.isEmpty() || !one.get().equals(candidate)) {
        return one;
      }
    }
    return Optional.of(candidate);
  }

  private boolean passes(DocId id) {
    return without.stream().noneMatch(stream -> stream.has(id))
        && checks.stream().allMatch(check -> check.test(id));
  }

  @Override
  public boolean has(DocId id) {
    return streams.stream().allMatch(stream -> stream.has(id)) && passes(id);
  }
}
