package org.skerry.store.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.skerry.document.DocId;

/** The versions of local documents as the turns of a group so far left them; 0 for none. */
final class LocalDrafts {
  private final Map<DocId, Long> versions = new HashMap<>();

  long version(DocId id, LongSupplier stored) {
    Long version = versions.get(id);
    return version != null ? version : stored.getAsLong();
  }

  void set(DocId id, long version) {
    versions.put(id, version);
  }
}
