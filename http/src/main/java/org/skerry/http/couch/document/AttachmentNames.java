package org.skerry.http.couch.document;

import org.skerry.http.HttpProblem;

/** What attachments may be called. */
final class AttachmentNames {
  private AttachmentNames() {}

  /**
   * Refuses names that CouchDB keeps for itself.
   *
   * @throws HttpProblem 400
   */
  static void check(String name) {
    if (name.startsWith("_")) {
      throw HttpProblem.badRequest(
          "bad_request", "Attachment name '" + name + "' starts with prohibited character '_'");
    }
  }
}
