package org.skerry.changes;

import java.util.List;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.store.StoredDocument;

/** Which changes a reader wants. */
public sealed interface ChangeFilter {
  /** All of them. */
  ChangeFilter EVERYTHING = new Everything();

  /** Those of design documents. */
  ChangeFilter DESIGN = new Design();

  /** All changes. */
  record Everything() implements ChangeFilter {
    @Override
    public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
      return shown;
    }
  }

  /** Changes of design documents ({@code _design}). */
  record Design() implements ChangeFilter {
    @Override
    public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
      return document.id().isDesign() ? shown : List.of();
    }
  }

  /** Changes of the documents named ({@code _doc_ids}). */
  record DocIds(Set<DocId> ids) implements ChangeFilter {
    public DocIds {
      ids = Set.copyOf(ids);
    }

    @Override
    public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
      return ids.contains(document.id()) ? shown : List.of();
    }
  }

  /** A filter that looks at what the revisions say; each revision shown comes with its content. */
  non-sealed interface ByContent extends ChangeFilter {}

  /**
   * Which of a change's revisions pass.
   *
   * @param shown the revisions that the style would show, winner first
   * @return some of those, in their order; when there are none the reader does not see the change
   */
  List<Leaf> passing(StoredDocument document, List<Leaf> shown);
}
