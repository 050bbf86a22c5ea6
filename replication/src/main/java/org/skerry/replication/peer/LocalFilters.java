package org.skerry.replication.peer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.changes.ChangeFilter;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.selector.Candidate;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import org.skerry.store.StoredDocument;

/** Turns what a replication selects into a filter of a local feed. */
final class LocalFilters {
  private LocalFilters() {}

  static ChangeFilter of(Selection selection) {
    return switch (selection) {
      case Selection.Everything everything -> ChangeFilter.EVERYTHING;
      case Selection.DocIds named -> new ChangeFilter.DocIds(ids(named.ids()));
      case Selection.BySelector matching -> new Matching(selector(matching));
      case Selection.ByFilter filter when filter.name().equals("_design") -> ChangeFilter.DESIGN;
      case Selection.ByFilter filter ->
          throw new PeerException(
              PeerException.Kind.UNSUPPORTED,
              "missing filter function '"
                  + filter.name()
                  + "': a local source knows _design, doc_ids and selector");
    };
  }

  /** A text that no document may have as id names none. */
  private static Set<DocId> ids(List<String> texts) {
    Set<DocId> ids = new HashSet<>();
    for (String text : texts) {
      try {
        ids.add(DocId.of(text));
      } catch (BadDocumentException e) {
        continue;
      }
    }
    return ids;
  }

  private static Selector selector(Selection.BySelector selection) {
    try {
      return Selector.parse(selection.selector());
    } catch (InvalidSelectorException e) {
      throw new PeerException(PeerException.Kind.UNSUPPORTED, String.valueOf(e.getMessage()), e);
    }
  }

  /** The revisions that a selector matches. */
  private record Matching(Selector selector) implements ChangeFilter.ByContent {
    @Override
    public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
      return shown.stream().filter(leaf -> matches(document, leaf)).toList();
    }

    private boolean matches(StoredDocument document, Leaf leaf) {
      return document
          .revision(leaf.rev())
          .map(
              revision ->
                  selector.matches(
                      new Candidate(
                          document.id(),
                          revision.rev(),
                          revision.deleted(),
                          revision.attachments(),
                          revision.body())))
          .orElse(false);
    }
  }
}
