package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Refusal;

/** What became of documents that an end was asked to take, or to give. Of one thread. */
final class Tried {
  private final List<DocId> through = new ArrayList<>();
  private final List<DocId> refused = new ArrayList<>();
  private final List<Refusal> failing = new ArrayList<>();

  /**
   * One revision was tried.
   *
   * @param refusals why it did not go through; none where it did
   */
  void add(DocId id, List<Refusal> refusals) {
    if (refusals.isEmpty()) {
      through.add(id);
    } else if (refusals.stream().allMatch(Refusal::isFailing)) {
      failing.addAll(refusals);
    } else {
      refused.add(id);
      refusals.stream().filter(Refusal::isFailing).forEach(failing::add);
    }
  }

  /** Of these a revision went through. */
  List<DocId> through() {
    return through;
  }

  /** Of these a revision is refused by an end that stands: it says nothing of their others. */
  List<DocId> refused() {
    return refused;
  }

  /** Over these revisions the end failed. */
  List<Refusal> failing() {
    return failing;
  }
}
