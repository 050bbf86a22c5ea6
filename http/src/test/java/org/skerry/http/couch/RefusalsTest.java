package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;

/** Requests that cannot be done, and what CouchDB 3.5 answers them with, word for word. */
class RefusalsTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void create() {
    node.put("/db", "");
    node.put("/db/a", "{}");
    node.put("/db/_local/l", "{}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          PUT    | /db                                  | ~~               | 412 | file_exists | The database could not be created, the file already exists.
          GET    | /none                                | ~~               | 404 | not_found | Database does not exist.
          DELETE | /none                                | ~~               | 404 | not_found | Database does not exist.
          DELETE | /db?rev=1-a                          | ~~               | 400 | bad_request | You tried to DELETE a database with a ?=rev parameter. Did you mean to DELETE a document instead?
          POST   | /_dbs_info                           | {}               | 400 | bad_request | `keys` member must exist.
          POST   | /db                                  | {"_id":"a"}      | 409 | conflict | Document update conflict.
          POST   | /db                                  | [1]              | 400 | bad_request | Document must be a JSON object
          POST   | /db                                  | {"_x":1}         | 400 | doc_validation | Bad special document member: _x
          PUT    | /db/_odd                             | {}               | 400 | illegal_docid | Only reserved document ids may start with underscore.
          PUT    | /db/a?rev=odd                        | {}               | 400 | bad_request | Invalid rev format
          PUT    | /db/a?rev=1-a                        | {"_rev":"1-b"}   | 400 | bad_request | Document rev from request body and query string have different values
          GET    | /db/none                             | ~~               | 404 | not_found | missing
          GET    | /db/a?rev=1-a                        | ~~               | 404 | not_found | missing
          DELETE | /db/a                                | ~~               | 409 | conflict | Document update conflict.
          DELETE | /db/none                             | ~~               | 404 | not_found | missing
          GET    | /db/a/none                           | ~~               | 404 | not_found | Document is missing attachment
          GET    | /db/_local/none                      | ~~               | 404 | not_found | missing
          PUT    | /db/_local/l                         | {}               | 409 | conflict | Document update conflict.
          DELETE | /db/_local/l                         | ~~               | 409 | conflict | Document update conflict.
          POST   | /db/_bulk_docs                       | {}               | 400 | bad_request | POST body must include `docs` parameter.
          POST   | /db/_bulk_docs                       | {"docs":{}}      | 400 | bad_request | `docs` parameter must be an array.
          POST   | /db/_bulk_docs                       | {"docs":[1]}     | 400 | bad_request | Document must be a JSON object
          POST   | /db/_bulk_get                        | {}               | 400 | bad_request | Missing JSON list of 'docs'.
          POST   | /db/_all_docs/queries                | {}               | 400 | bad_request | POST body must include `queries` parameter.
          GET    | /db/_changes?feed=odd                | ~~               | 400 | bad_request | Supported `feed` types: normal, continuous, live, longpoll, eventsource
          GET    | /db/_changes?since=odd               | ~~               | 400 | bad_request | Malformed sequence supplied in 'since' parameter.
          GET    | /db/_changes?filter=_selector        | ~~               | 400 | bad_request | Selector must be specified in POST payload
          GET    | /db/_changes?filter=_view            | ~~               | 400 | bad_request | `view` must be of the form `designname/viewname`
          GET    | /db/_changes?filter=odd              | ~~               | 400 | bad_request | `filter` must be of the form `designname/filtername`
          GET    | /db/_changes?heartbeat=odd           | ~~               | 400 | bad_request | Invalid heartbeat value. Expecting a positive integer value (in milliseconds).
          """)
  void eachHasItsStatusErrorAndReason(
      Method method, String path, String body, int status, String error, String reason) {
    Reply reply = node.send(CouchNode.ADMIN, method, path, body, JSON);
    assertThat(reply.status() + " " + reply.error() + ": " + reply.reason())
        .isEqualTo(status + " " + error + ": " + reason);
  }
}
