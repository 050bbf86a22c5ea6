package org.skerry.index;

import org.skerry.document.DocId;

/** A row of a view, as it is stored. Any thread; nothing it returns may be changed. */
public interface Row {
  /** The document that emitted it. */
  DocId id();

  /** The key's place in its order: two keys are equal in that order when these bytes are. */
  byte[] collatedKey();

  /** The key, as JSON. */
  byte[] key();

  /** The value, as JSON. */
  byte[] value();
}
