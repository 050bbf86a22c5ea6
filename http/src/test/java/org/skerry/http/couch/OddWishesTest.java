package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.http.Method;
import org.skerry.http.couch.CouchNode.Reply;
import org.skerry.testing.Seeded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people want done about conflicts, rules and sites, with something else in one place or two:
 * whatever comes of it is an answer or a refusal, never a failure of the node. (An exception that
 * is no refusal fails the test.)
 */
@ExtendWith(Seeded.class)
@Timeout(300)
class OddWishesTest {
  private static final int ROUNDS = 1_500;
  private static final JsonMapper JSON = new JsonMapper();

  /** Method, path, and a body that is taken, or nearly. */
  private static final List<List<String>> WISHES =
      List.of(
          List.of("POST", "/db/_conflicts/x", "{'leaves':['ONE','OTHER'],'choose':'ONE'}"),
          List.of(
              "POST",
              "/db/_conflicts/x",
              "{'leaves':['ONE','OTHER'],'members':{'/a':{'value':1.50},'/b':{'remove':true},"
                  + "'/c/0':'ONE'},'comment':'so'}"),
          List.of(
              "POST",
              "/db/_conflicts/x",
              "{'leaves':['ONE','OTHER'],'doc':{'_id':'x','_rev':'ONE','a':{'b':[1,{}]},"
                  + "'_attachments':{'f':{'stub':true,'digest':'md5-x'}}}}"),
          List.of(
              "POST",
              "/db/_conflicts/_settle",
              "{'docs':[{'id':'x','leaves':['ONE','OTHER']},{'id':'none'}],'dry_run':true,"
                  + "'rule':{'method':'merge','members':{'/a':'union'}},'comment':'many'}"),
          List.of("POST", "/db/_settlements/x/_undo", "{'settlement':'ONE','comment':''}"),
          List.of(
              "PUT",
              "/db/_conflict_policy",
              "{'rules':[{'name':'all','selector':{'a':{'$gt':1}},'method':'merge'}],'_rev':'ONE'}"),
          List.of("PUT", "/db/_options", "{'append_only':false}"),
          List.of(
              "PUT",
              "/db/_scope",
              "{'rules':[{'name':'n','type':['p'],'selector':{'a':1},'site':['/at','/by/0'],"
                  + "'follow':{'member':'/of','prefix':'p'},'everyone':false,'urgency':7}]}"),
          List.of("POST", "/db/_fingerprint", "{'ranges':['','0a']}"),
          List.of("POST", "/db/_fingerprint", "{'list':'0a'}"),
          List.of(
              "POST",
              "/db/_centre/_find?site=hill",
              "{'selector':{'a':{'$in':[1]}},'limit':500,'fields':['a'],'sort':[{'a':'asc'}]}"),
          List.of(
              "PUT",
              "/_sites/hill",
              "{'users':['ann'],'roles':'r','databases':['db'],'place':'p'}"));

  private static final List<String> READS =
      List.of(
          "/db/_conflicts?limit=9",
          "/db/_conflicts/x?limit=9",
          "/db/_settlements?limit=9",
          "/db/_conflict_policy?limit=9",
          "/db/_options?limit=9",
          "/db/_scope?limit=9",
          "/db/_subset?site=hill",
          "/db/_centre?site=hill");

  private static final List<String> PARAMETERS =
      List.of(
          "limit",
          "skip",
          "descending",
          "bookmark",
          "kind",
          "pattern",
          "state",
          "min_age",
          "max_age",
          "doc",
          "since",
          "after",
          "site",
          "leaf");

  private static final JsonNode OTHERS =
      JSON.readTree(
          """
          [null, true, false, 0, -1, 1.5, 1e400, 99999999999999999999, "", " ", "~", "/~2", "/", "x",
           "1-a", "1-", "g1", "g1====", "\\ud800", "\\u0000", "_design/d", "_local/l", "md5-",
           [], {}, [[]], [null], {"": null}, {"value": {}}, {"remove": false}, {"$gt": {}},
           {"$regex": "("}, {"stub": false}, "2-00000000000000000000000000000001"]
          """);

  private final CouchNode node = new CouchNode();
  private String one = "";

  @BeforeEach
  void create() {
    node.put("/db", "");
    node.put("/_sites", "");
    node.put("/db/_scope", "{\"rules\":[{\"type\":\"p\",\"site\":\"/at\"}]}");
    node.put("/_sites/hill", "{\"users\":[\"ann\"],\"search\":true}");
    one = node.put("/db/x", "{\"a\":1,\"c\":[1]}").json().path("rev").asString();
    node.put(
        "/db/x?new_edits=false",
        "{\"_rev\":\"1-00000000000000000000000000000001\",\"a\":2,\"b\":3}");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static <T> T any(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void isAnswered(Reply reply, String what) {
    assertThat(reply.status()).as(what).isBetween(200, 417);
    if (reply.status() >= 400) {
      assertThat(reply.error()).as(what).isNotEmpty();
      assertThat(reply.reason()).as(what).isNotEmpty();
    }
  }

  /** Puts something else where some value stands, or beside it. */
  private static void spoil(JsonNode body, SplittableRandom random) {
    JsonNode at = body;
    while (!at.isEmpty()) {
      JsonNode other = OTHERS.get(random.nextInt(OTHERS.size())).deepCopy();
      int member = random.nextInt(at.size());
      JsonNode next = List.copyOf(at.values()).get(member);
      if (next.isEmpty() || random.nextInt(4) == 0) {
        if (at instanceof ArrayNode list) {
          list.set(member, other);
        } else if (at instanceof ObjectNode object) {
          String name = List.copyOf(object.propertyNames()).get(member);
          object.set(random.nextInt(5) == 0 ? other.asString("o") : name, other);
        }
        return;
      }
      at = next;
    }
  }

  @Test
  void wishesOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> wish = any(random, WISHES);
      String text =
          wish.get(2)
              .replace('\'', '"')
              .replace("ONE", one)
              .replace("OTHER", "1-00000000000000000000000000000001");
      JsonNode body = JSON.readTree(text);
      for (int left = random.nextInt(3); left > 0; left--) {
        spoil(body, random);
      }
      Method method = Method.valueOf(wish.get(0));
      isAnswered(node.send(method, wish.get(1), body.toString()), wish.get(1) + " " + body);
    }
  }

  @Test
  void listsOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder path = new StringBuilder(any(random, READS));
      for (int left = random.nextInt(4); left > 0; left--) {
        String value = OTHERS.get(random.nextInt(OTHERS.size())).asString("[]");
        path.append('&').append(any(random, PARAMETERS)).append('=');
        path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
      isAnswered(node.get(path.toString()), path.toString());
    }
  }

  /** Whoever asks for the next page with another's bookmark is refused, or gets a page. */
  @Test
  void bookmarksOfEveryKindAreAnsweredOrRefused(SplittableRandom random) {
    for (int i = 0; i < 300; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      String bookmark = "g1" + Base64.getUrlEncoder().encodeToString(key);
      for (String list : List.of("/db/_conflicts", "/db/_settlements")) {
        String path = list + "?bookmark=" + bookmark + (i % 2 == 0 ? "&descending=true" : "");
        isAnswered(node.get(path), path);
      }
    }
  }
}
