package org.skerry.index;

import java.util.Set;
import org.skerry.store.StoredDocument;

/** Says which indexes a design document wants; so that those nobody wants can be removed. */
@FunctionalInterface
public interface DesignSignatures {
  /** The signatures of a design document's indexes; none for one that means nothing to it. */
  Set<String> of(StoredDocument design);
}
