package org.skerry.design;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skerry.revision.Leaf;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** Asks functions about the leaves that a feed would show. */
final class ShownLeaves {
  private ShownLeaves() {}

  /** Those for which the answer is true, in their order. */
  static List<Leaf> passing(
      StoredDocument document, List<Leaf> shown, Function<List<byte[]>, List<Boolean>> functions) {
    List<Leaf> asked = new ArrayList<>(shown.size());
    List<byte[]> documents = new ArrayList<>(shown.size());
    for (Leaf leaf : shown) {
      StoredRevision revision = document.revision(leaf.rev()).orElse(null);
      if (revision != null) {
        asked.add(leaf);
        documents.add(FunctionJson.leaf(document, revision));
      }
    }
    List<Boolean> answers = functions.apply(documents);
    List<Leaf> passing = new ArrayList<>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i)) {
        passing.add(asked.get(i));
      }
    }
    return passing;
  }
}
