package org.skerry.http.couch.document;

import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.couch.AccessControl;

/**
 * Design documents say what the server does for everybody, so only a database's administrators
 * write them.
 */
final class DesignRule {
  private DesignRule() {}

  static void check(Exchange exchange, Database database, DocId id) {
    if (id.isDesign()) {
      AccessControl.checkDatabaseAdmin(exchange.user(), database);
    }
  }
}
