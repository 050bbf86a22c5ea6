package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.RevTree;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/** Reads documents of the whole database for a subset. */
final class WholeDocuments {
  private WholeDocuments() {}

  /**
   * Documents in the order asked for; without a leaf where there is none: one that was purged may
   * have left its word in a feed.
   */
  static List<StoredDocument> load(DocumentStore whole, List<DocId> ids, Fields fields) {
    List<StoredDocument> found = new ArrayList<>(ids.size());
    whole.load(ids, fields, found::add);
    if (found.size() == ids.size()) {
      return found;
    }
    List<StoredDocument> all = new ArrayList<>(ids.size());
    int at = 0;
    for (DocId id : ids) {
      boolean there = at < found.size() && found.get(at).id().equals(id);
      all.add(there ? found.get(at++) : gone(id));
    }
    return all;
  }

  private static StoredDocument gone(DocId id) {
    return new StoredDocument(id, Seq.ZERO, List.of(), Optional.of(RevTree.empty()), List.of());
  }
}
