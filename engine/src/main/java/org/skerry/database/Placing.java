package org.skerry.database;

import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.subset.Placement;

/** Says which sites a revision concerns. One thread, for what is written together. */
@FunctionalInterface
interface Placing {
  Placement place(DocId id, boolean deleted, Body body);
}
