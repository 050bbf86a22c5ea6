package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.node.ArrayNode;

/** The documents of the rows of one key, read some at a time: the more, the longer it goes on. */
final class KeyStream implements DocumentStream {
  private static final int FEW = 2;
  private static final int MANY = 128;

  private final RowReading rows;
  private final ArrayNode key;
  private final Span span;

  /** What was read last: the documents from a place on. */
  private final List<DocId> read = new ArrayList<>();

  private Optional<DocId> readFrom = Optional.empty();
  private boolean started;
  private boolean complete;
  private int next;
  private int size = FEW;

  KeyStream(RowReading rows, ArrayNode key, Span span) {
    this.rows = rows;
    this.key = key;
    this.span = span;
  }

  @Override
  public Optional<DocId> advance(Optional<DocId> from) {
    if (!started || isBefore(from)) {
      size = FEW;
      fill(from);
    }
    while (true) {
      while (next < read.size()) {
        DocId id = read.get(next);
        if (from.isEmpty() || id.compareTo(from.get()) >= 0) {
          return Optional.of(id);
        }
        next++;
      }
      if (complete) {
        return Optional.empty();
      }
      size = Math.min(MANY, 2 * size);
      fill(from);
    }
  }

  /** Whether something could be missing that stands from there on. */
  private boolean isBefore(Optional<DocId> from) {
    if (from.isEmpty()) {
      return readFrom.isPresent() || next > 0;
    }
    if (readFrom.isPresent() && from.get().compareTo(readFrom.get()) < 0) {
      return true;
    }
    return next > 0 && from.get().compareTo(read.get(next - 1)) <= 0;
  }

  private void fill(Optional<DocId> from) {
    started = true;
    readFrom = from;
    read.clear();
    next = 0;
    complete = true;
    rows.documents(
        key,
        from,
        span,
        id -> {
          if (read.size() == size) {
            complete = false;
            return false;
          }
          read.add(id);
          return true;
        });
  }
}
