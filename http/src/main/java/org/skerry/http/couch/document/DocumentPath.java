package org.skerry.http.couch.document;

import org.skerry.document.DocId;
import org.skerry.http.Exchange;

/**
 * The ids that routes of documents name: {@code {doc}}, {@code _design/{ddoc}} and {@code
 * _local/{local}}.
 */
enum DocumentPath {
  /** An ordinary document, or a design document whose slash came as {@code %2F}. */
  DOCUMENT("/{db}/{doc}", "doc", ""),
  DESIGN("/{db}/_design/{ddoc}", "ddoc", "_design/"),
  LOCAL("/{db}/_local/{local}", "local", "_local/");

  private final String pattern;
  private final String variable;
  private final String prefix;

  DocumentPath(String pattern, String variable, String prefix) {
    this.pattern = pattern;
    this.variable = variable;
    this.prefix = prefix;
  }

  /** The pattern of the document's own route. */
  String pattern() {
    return pattern;
  }

  /** The pattern of the routes of its attachments. */
  String attachmentPattern() {
    return pattern + "/{attachment*}";
  }

  /** The id in the path of a request to one of these routes. */
  DocId id(Exchange exchange) {
    String text = exchange.variable(variable);
    return DocId.of(prefix.isEmpty() ? text : prefix + text);
  }
}
