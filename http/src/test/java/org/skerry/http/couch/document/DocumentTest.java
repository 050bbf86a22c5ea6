package org.skerry.http.couch.document;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** One node for each test of an endpoint. */
@Timeout(300)
abstract class DocumentTest {
  final DocumentNode node = new DocumentNode();

  @AfterEach
  void close() {
    node.close();
  }

  /** A document with an attachment {@code a.txt} of the bytes "hello". */
  final String withAttachment(String id) {
    return node.put(
            "/db/" + id,
            "{\"_attachments\":{\"a.txt\":{\"content_type\":\"text/plain\",\"data\":\"aGVsbG8=\"}}}")
        .rev();
  }
}
