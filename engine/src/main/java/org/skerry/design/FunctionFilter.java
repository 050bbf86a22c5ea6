package org.skerry.design;

import java.util.List;
import org.skerry.changes.ChangeFilter;
import org.skerry.revision.Leaf;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * Changes whose revisions pass a design document's filter function.
 *
 * @param request what the function is told of who asks ({@code req})
 */
public record FunctionFilter(DesignFunctions design, String name, JsonNode request)
    implements ChangeFilter.ByContent {
  public FunctionFilter {
    design.requireFilter(name);
  }

  @Override
  public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
    return ShownLeaves.passing(
        document, shown, documents -> design.script().filter(name, documents, request));
  }
}
