package org.skerry.fulltext;

import org.skerry.database.Database;
import org.skerry.search.IndexDefinition;

/**
 * What makes an index the same: the life of its database, and its definition.
 *
 * @param incarnation of the database
 * @param signature of the definition
 */
record IndexKey(String incarnation, String signature) {
  static IndexKey of(Database database, IndexDefinition definition) {
    return new IndexKey(database.store().incarnation(), definition.signature());
  }
}
