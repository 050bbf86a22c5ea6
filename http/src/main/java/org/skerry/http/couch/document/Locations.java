package org.skerry.http.couch.document;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;

/** Absolute URLs of documents, for {@code Location}. */
final class Locations {
  private Locations() {}

  static String of(Exchange exchange, Database database, DocId id) {
    return exchange.baseUrl() + "/" + encoded(database.name()) + "/" + path(id);
  }

  /** Where an attachment of a document is. */
  static String of(Exchange exchange, Database database, DocId id, String attachment) {
    return of(exchange, database, id) + "/" + encoded(attachment);
  }

  /** The path of an id, in which the slash after {@code _design} stays. */
  private static String path(DocId id) {
    int slash = id.isDesign() || id.isLocal() ? id.text().indexOf('/') + 1 : 0;
    return id.text().substring(0, slash) + encoded(id.text().substring(slash));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
