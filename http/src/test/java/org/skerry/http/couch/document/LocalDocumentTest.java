package org.skerry.http.couch.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skerry.http.couch.document.DocumentNode.Reply;

class LocalDocumentTest extends DocumentTest {
  @Test
  void revisionsCountFromOne() {
    Reply first = node.put("/db/_local/x", "{\"n\":1}");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().toString())
        .isEqualTo("{\"ok\":true,\"id\":\"_local/x\",\"rev\":\"0-1\"}");
    assertThat(node.put("/db/_local/x", "{\"_rev\":\"0-1\",\"n\":2}").rev()).isEqualTo("0-2");
    assertThat(node.put("/db/_local/x?rev=0-2", "{\"n\":3}").rev()).isEqualTo("0-3");
    assertThat(node.get("/db/_local/x").text())
        .isEqualTo("{\"_id\":\"_local/x\",\"_rev\":\"0-3\",\"n\":3}\n");
    assertThat(node.put("/db/_local/x", "{\"_rev\":\"0-1\"}").status()).isEqualTo(409);
  }

  /** Whoever reads its checkpoint learns with it whether there is anything new. */
  @Test
  void whereTheFeedEndsIsSaidWithThem() {
    node.put("/db/_local/x", "{}");
    for (int n = 0; n < 2; n++) {
      assertThat(node.get("/db/_local/x").header("X-Skerry-Update-Seq"))
          .isEqualTo(node.get("/db").json().path("update_seq").asString());
      node.put("/db/d" + n, "{}");
    }
    assertThat(node.get("/db/d1").header("X-Skerry-Update-Seq")).isEmpty();
  }

  @Test
  void theyAreNeitherListedNorReplicated() {
    node.put("/db/_local/x", "{}");
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
    assertThat(node.get("/db/_changes").json().path("results").isEmpty()).isTrue();
    assertThat(node.get("/db/_local_docs").json().findValuesAsString("id"))
        .containsExactly("_local/x");
  }

  @Test
  void aSlashWrittenWithAPercentLeadsToTheSameDocument() {
    assertThat(node.put("/db/_local%2Fx", "{}").rev()).isEqualTo("0-1");
    assertThat(node.get("/db/_local/x").status()).isEqualTo(200);
    assertThat(node.put("/db/_local/a%2Fb%2Fc", "{}").json().path("id").asString())
        .isEqualTo("_local/a/b/c");
    assertThat(node.get("/db/_local%2Fa%2Fb%2Fc").status()).isEqualTo(200);
    assertThat(node.delete("/db/_local%2Fx?rev=0-1").status()).isEqualTo(200);
    assertThat(node.totals()).isEqualTo("0 live, 0 deleted");
  }

  @Test
  void deletedOnesAreGone() {
    assertThat(node.delete("/db/_local/x").problem()).isEqualTo("404 not_found: missing");
    node.put("/db/_local/x", "{}");
    assertThat(node.delete("/db/_local/x").status()).isEqualTo(409);
    assertThat(node.delete("/db/_local/x?rev=0-7").status()).isEqualTo(409);
    assertThat(node.delete("/db/_local/x?rev=0-1").rev()).isEqualTo("0-0");
    assertThat(node.get("/db/_local/x").problem()).isEqualTo("404 not_found: missing");
    node.put("/db/_local/x", "{}");
    assertThat(node.put("/db/_local/x", "{\"_rev\":\"0-1\",\"_deleted\":true}").status())
        .isEqualTo(200);
  }

  @Test
  void badInputIsRefused() {
    for (String rev :
        new String[] {"1-x", "0-", "0-x", "x", "", "0--1", "0-99999999999999999999"}) {
      assertThat(node.put("/db/_local/x", "{\"_rev\":\"" + rev + "\"}").problem())
          .as(rev)
          .isEqualTo("400 bad_request: Invalid rev format");
    }
    String attached = "{\"_attachments\":{\"a\":{\"data\":\"\"}}}";
    String refusal = "400 bad_request: _local documents do not accept attachments.";
    assertThat(node.put("/db/_local/x", attached).problem()).isEqualTo(refusal);
    assertThat(node.put("/db/_local%2Fx/a", "bytes").problem()).isEqualTo(refusal);
    assertThat(node.put("/db/_local/x/a.json", "{}").problem()).isEqualTo(refusal);
    assertThat(node.get("/db/_local/x/a").problem()).isEqualTo(refusal);
    assertThat(node.put("/db/_local/x", "{").status()).isEqualTo(400);
    assertThat(node.get("/db/_local/").status()).isEqualTo(400);
    assertThat(node.get("/db/_local").status()).isEqualTo(400);
  }
}
