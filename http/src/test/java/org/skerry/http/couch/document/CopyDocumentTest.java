package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class CopyDocumentTest extends DocumentTest {
  private Reply copy(String path, String destination) {
    return node.send("COPY", path, new byte[0], "Destination", destination);
  }

  @Test
  void aCopyHasMembersAndAttachments() {
    withAttachment("a");
    Reply reply = copy("/db/a", "b%2Fc");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("id").asString()).isEqualTo("b/c");
    assertThat(reply.header("Location")).endsWith("/db/b%2Fc");
    assertThat(node.get("/db/b%2Fc/a.txt").text()).isEqualTo("hello");
  }

  @Test
  void whatIsThereIsOverwrittenOnlyByItsRevision() {
    node.put("/db/a", "{\"n\":1}");
    String rev = node.put("/db/b", "{\"n\":2}").rev();
    assertThat(copy("/db/a", "b").status()).isEqualTo(409);
    assertThat(copy("/db/a", "b?rev=1-x").status()).isEqualTo(409);
    assertThat(copy("/db/a", "b?rev=" + rev).rev()).startsWith("2-");
    assertThat(node.get("/db/b").json().path("n").asInt()).isEqualTo(1);
  }

  @Test
  void anOldRevisionCanBeCopied() {
    String first = node.put("/db/a", "{\"n\":1}").rev();
    node.put("/db/a?rev=" + first, "{\"n\":2}");
    assertThat(copy("/db/a?rev=" + first, "b").status()).isEqualTo(201);
    assertThat(node.get("/db/b").json().path("n").asInt()).isEqualTo(1);
    assertThat(
            node.send("COPY", "/db/a", new byte[0], "Destination", "c", "If-Match", first).status())
        .isEqualTo(201);
    assertThat(node.get("/db/c").json().path("n").asInt()).isEqualTo(1);
    assertThat(copy("/db/a?rev=9-x", "d").problem()).isEqualTo("404 not_found: missing");
  }

  @Test
  void whatIsNotThereCannotBeCopied() {
    assertThat(copy("/db/a", "b").problem()).isEqualTo("404 not_found: missing");
    String rev = node.put("/db/a", "{}").rev();
    node.delete("/db/a?rev=" + rev);
    assertThat(copy("/db/a", "b").problem()).isEqualTo("404 not_found: deleted");
  }

  @Test
  void destinationsThatAreNoneAreRefused() {
    node.put("/db/a", "{}");
    assertThat(node.send("COPY", "/db/a", new byte[0]).problem())
        .isEqualTo("400 bad_request: Destination header is mandatory for COPY.");
    assertThat(copy("/db/a", "http://elsewhere/db/b").problem())
        .isEqualTo("400 bad_request: Destination URL must be relative.");
    for (String bad :
        new String[] {"b?rev=x", "b?x=y", "%zz", "_x", "?rev=1-a", "_local/x", "%FF"}) {
      assertThat(copy("/db/a", bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(copy("/db/a", "urn://x").json().path("id").asString()).isEqualTo("urn://x");
    assertThat(node.totals()).isEqualTo("2 live, 0 deleted");
  }
}
