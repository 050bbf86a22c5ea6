package org.skerry.http.couch.document;

import java.util.Optional;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.revision.RevId;

/**
 * The revision that a writer names: in the body, the query or {@code If-Match}, and the same in all
 * of them.
 */
final class Revs {
  private Revs() {}

  /**
   * The revision to be followed.
   *
   * @param inBody the document's {@code _rev}
   * @throws HttpProblem 400 when two places name different revisions
   */
  static Optional<RevId> agreed(Exchange exchange, Optional<RevId> inBody) {
    Optional<RevId> inQuery = ReadOptions.rev(exchange.query());
    if (inBody.isPresent() && inQuery.isPresent() && !inBody.equals(inQuery)) {
      throw HttpProblem.badRequest(
          "bad_request", "Document rev from request body and query string have different values");
    }
    Optional<RevId> named = inBody.or(() -> inQuery);
    Optional<RevId> inHeader =
        exchange.header("If-Match").filter(tag -> !tag.equals("*")).map(Revs::ofTag);
    if (named.isPresent() && inHeader.isPresent() && !named.equals(inHeader)) {
      throw HttpProblem.badRequest("bad_request", "Document rev and etag have different values");
    }
    return named.or(() -> inHeader);
  }

  private static RevId ofTag(String tag) {
    String bare = tag.startsWith("W/") ? tag.substring(2) : tag;
    return RevId.parse(bare.replace("\"", "").strip());
  }

  /** The entity tag of a revision. */
  static String tag(RevId rev) {
    return '"' + rev.toString() + '"';
  }

  /** Whether the client has what carries this tag ({@code If-None-Match}). */
  static boolean clientHas(Exchange exchange, String tag) {
    Optional<String> tags = exchange.header("If-None-Match");
    if (tags.isEmpty()) {
      return false;
    }
    for (String one : tags.get().split(",")) {
      String bare = one.strip();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
