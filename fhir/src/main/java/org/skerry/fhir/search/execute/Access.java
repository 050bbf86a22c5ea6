package org.skerry.fhir.search.execute;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.skerry.document.DocId;

/** How documents of which a condition holds can be had. */
sealed interface Access {
  /** How many there are, about; more rather than less. */
  long estimate();

  /** In the order of their ids, at once. */
  record Streamed(DocumentStream stream, long estimate, boolean exact) implements Access {}

  /** By reading and sorting all of their rows, or by asking a document. */
  record Sortable(Supplier<DocumentStream> sort, Predicate<DocId> check, long estimate)
      implements Access {}

  /** By asking a document alone. */
  record Checked(Predicate<DocId> check, long estimate) implements Access {}
}
