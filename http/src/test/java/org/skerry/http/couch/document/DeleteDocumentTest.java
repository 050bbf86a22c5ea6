package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class DeleteDocumentTest extends DocumentTest {
  @Test
  void aTombstoneTakesTheDocumentsPlace() {
    String rev = node.put("/db/a", "{\"n\":1}").rev();
    Reply reply = node.delete("/db/a?rev=" + rev);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.rev()).startsWith("2-");
    assertThat(reply.header("ETag")).isEqualTo("\"" + reply.rev() + "\"");
    assertThat(node.totals()).isEqualTo("0 live, 1 deleted");
  }

  @Test
  void theRevisionMayStandInTheHeader() {
    String rev = node.put("/db/a", "{}").rev();
    assertThat(node.delete("/db/a?rev=1-x", "If-Match", rev).status()).isEqualTo(400);
    assertThat(node.delete("/db/a", "If-Match", "\"" + rev + "\"").status()).isEqualTo(200);
  }

  @Test
  void withoutTheRevisionNothingIsDeleted() {
    node.put("/db/a", "{}");
    String conflict = "409 conflict: Document update conflict.";
    assertThat(node.delete("/db/a").problem()).isEqualTo(conflict);
    assertThat(node.delete("/db/a?rev=1-x").problem()).isEqualTo(conflict);
    assertThat(node.delete("/db/a?rev=x").problem())
        .isEqualTo("400 bad_request: Invalid rev format");
    assertThat(node.get("/db/a").status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereCannotBeDeleted() {
    assertThat(node.delete("/db/a").problem()).isEqualTo("404 not_found: missing");
    assertThat(node.delete("/db/a?rev=1-x").problem()).isEqualTo("404 not_found: missing");
    String rev = node.put("/db/a", "{}").rev();
    String tombstone = node.delete("/db/a?rev=" + rev).rev();
    for (String again : new String[] {"", "?rev=" + rev, "?rev=" + tombstone}) {
      assertThat(node.delete("/db/a" + again).problem()).isEqualTo("404 not_found: deleted");
    }
  }

  @Test
  void deletingTheWinnerPromotesTheNextLeaf() {
    node.branch("a", "", "c", "a");
    node.branch("a", "", "b", "a");
    assertThat(node.delete("/db/a?rev=2-c").status()).isEqualTo(200);
    assertThat(node.get("/db/a").json().path("_rev").asString()).isEqualTo("2-b");
    assertThat(node.delete("/db/a?rev=2-b").status()).isEqualTo(200);
    assertThat(node.get("/db/a").problem()).isEqualTo("404 not_found: deleted");
  }
}
