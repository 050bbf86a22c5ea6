package org.skerry.fhir.search;

import java.util.function.Supplier;
import org.skerry.index.Index;
import org.skerry.store.ordered.DamagedException;

/** An index that is opened when somebody asks, and follows the feed then. Any thread. */
record FollowingIndex(Supplier<Index> opener) {
  /** As it was left. */
  Index asItIs() {
    return opener.get();
  }

  /** With everything that was acknowledged before; waits for it. */
  Index upToDate() {
    try {
      return followed();
    } catch (DamagedException e) {
      // It was thrown away when it told; what is opened now is new.
      return followed();
    }
  }

  private Index followed() {
    Index opened = opener.get();
    opened.catchUp();
    return opened;
  }
}
