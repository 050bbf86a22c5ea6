package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.document.JsonScanner;
import org.skerry.http.HttpProblem;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;

/**
 * Reads {@code {"id": ["rev", …], …}}, what {@code _revs_diff} and {@code _missing_revs} are asked.
 *
 * <p>Its members' names are ids, which are others each time. Jackson would remember them: its table
 * of names grew to half a megabyte, which each request then copied that named anything new.
 */
final class RevisionQueries {
  /** An array in an object is what is wanted; deeper is only what is refused for another reason. */
  private static final int MAX_DEPTH = 64;

  /** Documents and revisions in one question; they need more memory than their text. */
  static final int MOST = 500_000;

  private final JsonScanner scanner;
  private final List<RevisionQuery> queries = new ArrayList<>();

  private int asked;

  private RevisionQueries(JsonScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * Reads a request's body.
   *
   * @throws org.skerry.document.BadDocumentException when it is broken JSON, or a name is no id
   * @throws HttpProblem 400 when it is JSON of another shape, 413 when it asks for too much
   */
  static List<RevisionQuery> read(byte[] body) {
    RevisionQueries reader = new RevisionQueries(JsonScanner.ofSent(body, MAX_DEPTH));
    reader.object();
    return reader.queries;
  }

  private void object() {
    if (scanner.peek() != '{') {
      scanner.skipValue();
      scanner.end();
      throw HttpProblem.badRequest("bad_request", "Request body must be a JSON object");
    }
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      count();
      String id = scanner.name();
      queries.add(new RevisionQuery(DocId.of(id), revs(id)));
    }
    scanner.end();
  }

  private List<RevId> revs(String id) {
    if (scanner.peek() != '[') {
      throw HttpProblem.badRequest(
          "bad_request", "revisions of `" + id + "` must be a JSON array of strings");
    }
    List<RevId> revs = new ArrayList<>(1);
    scanner.enterArray();
    for (boolean first = true; scanner.element(first); first = false) {
      if (scanner.peek() != '"') {
        throw HttpProblem.badRequest("bad_request", "Invalid rev format");
      }
      count();
      revs.add(RevId.parse(scanner.string()));
    }
    return revs;
  }

  private void count() {
    if (++asked > MOST) {
      throw HttpProblem.tooLarge(
          "ask for at most "
              + MOST
              + " documents and revisions at once: send more than one request");
    }
  }
}
