package org.skerry.replication.peer;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.ChangeFilter;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.design.DesignMissingException;
import org.skerry.design.FunctionFilters;
import org.skerry.design.FunctionJson;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.selector.Candidate;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import org.skerry.store.StoredDocument;

/** Turns what a replication selects into a filter of a local feed. */
final class LocalFilters {
  private final Optional<FunctionFilters> functions;
  private final Author author;

  LocalFilters(Optional<FunctionFilters> functions, Author author) {
    this.functions = functions;
    this.author = author;
  }

  ChangeFilter of(Database database, Selection selection) {
    return switch (selection) {
      case Selection.Everything everything -> ChangeFilter.EVERYTHING;
      case Selection.DocIds named -> new ChangeFilter.DocIds(ids(named.ids()));
      case Selection.BySelector matching -> new Matching(selector(matching));
      case Selection.ByFilter filter when filter.name().equals("_design") -> ChangeFilter.DESIGN;
      case Selection.ByFilter filter -> function(database, filter);
    };
  }

  private ChangeFilter function(Database database, Selection.ByFilter filter) {
    FunctionFilters known =
        functions.orElseThrow(
            () -> unsupported("this source knows the filters _design, doc_ids and selector"));
    try {
      String view = filter.parameters().getOrDefault("view", "");
      return filter.name().equals("_view")
          ? known.view(database, view)
          : known.function(
              database, filter.name(), FunctionJson.request(database, author, filter.parameters()));
    } catch (IllegalArgumentException | DesignMissingException e) {
      throw unsupported("filter '" + filter.name() + "': " + e.getMessage());
    }
  }

  private static PeerException unsupported(String reason) {
    return new PeerException(PeerException.Kind.UNSUPPORTED, reason);
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
