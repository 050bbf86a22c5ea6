package org.skerry.design;

import java.util.List;
import org.skerry.changes.ChangeFilter;
import org.skerry.revision.Leaf;
import org.skerry.store.StoredDocument;

/** Changes for whose revisions a view's map function emits something ({@code _view}). */
public record ViewFilter(DesignFunctions design, String view) implements ChangeFilter.ByContent {
  public ViewFilter {
    design.requireView(view);
  }

  @Override
  public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
    return ShownLeaves.passing(
        document, shown, documents -> design.script().filterByView(view, documents));
  }
}
