package org.skerry.fhir.search.execute;

import java.util.Optional;
import org.skerry.document.DocId;

/** Documents in the order of their ids. It may be asked to go back, which costs more. */
interface DocumentStream {
  /** The first of its documents whose id is not below; of all without a bound. */
  Optional<DocId> advance(Optional<DocId> from);

  /** Whether a document is one of them. */
  default boolean has(DocId id) {
    return advance(Optional.of(id)).filter(id::equals).isPresent();
  }

  /** Whether documents have to be read to know whether they belong to it. */
  default boolean reads() {
    return false;
  }

  /** The id that stands right behind another one. */
  static DocId behind(DocId id) {
    return DocId.of(id.text() + '\0');
  }
}
