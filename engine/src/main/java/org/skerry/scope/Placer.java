package org.skerry.scope;

import org.jspecify.annotations.Nullable;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.selector.MemberSlices;
import org.skerry.store.subset.Placement;

/**
 * Places documents that are written together, one after the other. Those of one patient or place
 * mostly come together and say the same where the rules look: such a one has the placement of the
 * one before it, the very object. One thread.
 */
public final class Placer {
  private final ScopeRules rules;

  /** What the last one said; none when nobody may have its placement. */
  private @Nullable MemberSlices last;

  private boolean lastDeleted;
  private Placement placement = Placement.NONE;

  Placer(ScopeRules rules) {
    this.rules = rules;
  }

  /** As {@link ScopeRules#place}. */
  public Placement place(DocId id, boolean deleted, Body body) {
    if (id.isDesign() || !rules.looksAtFew()) {
      return rules.place(id, deleted, body);
    }
    MemberSlices before = last;
    MemberSlices now = MemberSlices.find(rules.members(), body.json());
    if (before == null || deleted != lastDeleted || !now.sayTheSame(before)) {
      placement = rules.place(now, deleted);
      lastDeleted = deleted;
      last = now;
    }
    return placement;
  }
}
