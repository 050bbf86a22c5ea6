package org.skerry.postgres.mapping;

import java.util.Optional;

/** How documents become rows. */
public sealed interface Via {
  /** By SQL, which the application does not notice. */
  record Sql() implements Via {}

  /**
   * By Tryton's own RPC, where hooks, caches and translations matter.
   *
   * @param model such as {@code party.party}
   * @param through for a relation: it is written as a list of its parent
   */
  record Rpc(String model, Optional<Through> through) implements Via {}

  /**
   * A relation as a field of its parent.
   *
   * @param field the parent's, such as {@code categories}
   * @param parent the relation's column that refers to the parent
   * @param child the relation's column that refers to the other end
   */
  record Through(String field, String parent, String child) {}
}
