package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import org.skerry.testing.Seeded;

/**
 * Parameters and bodies made by chance out of pieces that mean something: whatever comes of it is
 * an answer or a refusal, and never a failure of the node. (An exception that is no refusal fails
 * the test.)
 */
@ExtendWith(Seeded.class)
@Timeout(300)
class OddInputTest {
  private static final String[] READS = {
    "/db/_all_docs",
    "/db/_design_docs",
    "/db/_local_docs",
    "/db/_changes",
    "/_all_dbs",
    "/_dbs_info",
    "/_uuids",
    "/db",
    "/db/_revs_limit",
    "/db/_security"
  };
  private static final String[] WRITES = {
    "/db",
    "/db/_all_docs",
    "/db/_all_docs/queries",
    "/db/_design_docs",
    "/db/_local_docs/queries",
    "/db/_bulk_docs",
    "/db/_changes?filter=_selector&timeout=1",
    "/db/_changes?filter=_doc_ids",
    "/db/_revs_diff",
    "/db/_missing_revs",
    "/_dbs_info",
    "/_replicate"
  };
  private static final String[] NAMES = {
    "key",
    "keys",
    "startkey",
    "start_key",
    "endkey",
    "end_key",
    "limit",
    "skip",
    "descending",
    "inclusive_end",
    "include_docs",
    "conflicts",
    "attachments",
    "att_encoding_info",
    "update_seq",
    "since",
    "last-event-id",
    "style",
    "filter",
    "view",
    "doc_ids",
    "seq_interval",
    "heartbeat",
    "count",
    ""
  };
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "1e400",
    "1.5",
    "now",
    "99999999999999999999999",
    "\"a\"",
    "\"_id\"",
    "\"_rev\"",
    "\"1-a\"",
    "\"docs\"",
    "\"keys\"",
    "\"queries\"",
    "\"selector\"",
    "\"doc_ids\"",
    "\"_attachments\"",
    "\"_revisions\"",
    "\"_deleted\"",
    "\"new_edits\"",
    "\"source\"",
    "\"target\"",
    "\"$and\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "ä",
    "😀",
    "_doc_ids",
    "_design",
    "d/f",
    "all_docs",
    "main_only",
    "{}",
    "[]",
    " ",
    "\"_design/d\"",
    "\"_local/l\"",
    "\"\""
  };

  private final CouchNode node = new CouchNode();

  @BeforeEach
  void createDatabase() {
    node.put("/db", "");
    node.post(
        "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"_design/d\"},{\"_id\":\"b\"}]}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static String any(SplittableRandom random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String pieces(SplittableRandom random, int most) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      text.append(any(random, PIECES));
    }
    return text.toString();
  }

  /** Well-formed JSON of any shape, so that more than the parser is tried. */
  private static String json(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 1 : 3);
    if (kind == 0) {
      String piece = any(random, PIECES);
      return piece.matches("null|true|false|0|-1|1|1\\.5|\"[^\"]*\"|\\{\\}|\\[\\]")
              && !piece.equals("\"\\\"")
          ? piece
          : "7";
    }
    StringBuilder text = new StringBuilder(kind == 1 ? "[" : "{");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",");
      if (kind == 2) {
        String name = any(random, PIECES);
        text.append(name.matches("\"[a-z_$]+\"") ? name : "\"n" + i + "\"").append(':');
      }
      text.append(json(random, depth - 1));
    }
    return text.append(kind == 1 ? "]" : "}").toString();
  }

  private static void assertAnsweredOrRefused(Reply reply, String what) {
    assertThat(reply.status()).as(what).isBetween(200, 417);
    if (reply.status() >= 400 && reply.status() != 417) {
      assertThat(reply.error()).as(what).isNotEmpty();
      assertThat(reply.reason()).as(what).isNotEmpty();
    }
  }

  @Test
  void parametersOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < 3_000; i++) {
      StringBuilder path = new StringBuilder(any(random, READS)).append("?timeout=1");
      int count = random.nextInt(4);
      for (int j = 0; j < count; j++) {
        path.append('&')
            .append(URLEncoder.encode(any(random, NAMES), StandardCharsets.UTF_8))
            .append('=')
            .append(URLEncoder.encode(pieces(random, 3), StandardCharsets.UTF_8));
      }
      assertAnsweredOrRefused(node.get(path.toString()), path.toString());
    }
  }

  @Test
  void bodiesOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < 3_000; i++) {
      String path = any(random, WRITES);
      String body = random.nextBoolean() ? pieces(random, 12) : json(random, 4);
      assertAnsweredOrRefused(node.post(path, body), path + " " + body);
    }
  }

  @Test
  void settingsOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < 1_000; i++) {
      String path = random.nextBoolean() ? "/db/_security" : "/db/_revs_limit";
      String body = random.nextBoolean() ? pieces(random, 6) : json(random, 3);
      assertAnsweredOrRefused(node.send(Method.PUT, path, body), path + " " + body);
    }
  }
}
