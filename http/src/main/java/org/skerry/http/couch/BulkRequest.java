package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.List;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.http.HttpProblem;

/**
 * The body of {@code _bulk_docs}.
 *
 * @param newEdits whether the documents are edits, or revisions that have their names
 * @param allOrNothing whether one failure should undo the rest
 */
record BulkRequest(List<IncomingDocument> documents, boolean newEdits, boolean allOrNothing) {
  /** Each needs hundreds of bytes, and as few as three in the request. */
  static final int MOST = 100_000;

  /**
   * Reads it.
   *
   * @throws org.skerry.document.BadDocumentException when it is none
   * @throws HttpProblem 413 when there are too many documents
   */
  static BulkRequest read(byte[] body, DocumentLimits limits) {
    Visitor visitor = new Visitor();
    DocumentReader.readBulk(body, limits, visitor);
    return new BulkRequest(visitor.documents, visitor.newEdits, visitor.allOrNothing);
  }

  private static final class Visitor implements DocumentReader.BulkVisitor {
    private final List<IncomingDocument> documents = new ArrayList<>();
    private boolean newEdits = true;
    private boolean allOrNothing;

    @Override
    public void document(IncomingDocument document) {
      documents.add(document);
      if (documents.size() > MOST) {
        throw HttpProblem.tooLarge(
            "write at most " + MOST + " documents at once: send more than one request");
      }
    }

    @Override
    public void option(String name, boolean value) {
      switch (name) {
        case "new_edits" -> newEdits = value;
        case "all_or_nothing" -> allOrNothing = value;
        default -> {}
      }
    }
  }
}
