package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Island;
import org.skerry.replication.peer.Manner;
import org.skerry.replication.peer.Proxy;
import org.skerry.replication.peer.Proxy.Protocol;
import org.skerry.replication.peer.Selection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplicationSpecTest {
  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text.replace('\'', '"'));
  }

  private static ReplicationSpec spec(String text) {
    return ReplicationSpec.parse(json(text));
  }

  private static Endpoint.Remote remote(String source) {
    return (Endpoint.Remote) spec("{'source':" + source + ",'target':'t'}").source();
  }

  @Test
  void localNamesAndUrlsAreToldApart() {
    ReplicationSpec spec = spec("{'source':'clinic','target':'http://centre:5984/all/'}");
    assertThat(spec.source()).isEqualTo(new Endpoint.Local("clinic"));
    assertThat(spec.target().name()).isEqualTo("http://centre:5984/all/");
    assertThat(spec.selection()).isEqualTo(Selection.EVERYTHING);
    assertThat(spec.live()).isFalse();
    assertThat(spec.useCheckpoints()).isTrue();
  }

  @Test
  void credentialsLeaveTheUrlAndAreNeverShown() {
    Endpoint.Remote found = remote("'HTTPS://nurse%40clinic:p%3Ass+w%C3%B6rd@Centre:443/all'");
    assertThat(found.url()).hasToString("https://centre/all");
    assertThat(found.credentials()).contains(new Endpoint.Credentials("nurse@clinic", "p:ss+wörd"));
    assertThat(found.toString() + found.name() + found.credentials()).doesNotContain("wörd");
  }

  @Test
  void credentialsAndHeadersStandInObjectsToo() {
    Endpoint.Remote found =
        remote(
            "{'url':'http://h/db','headers':{'X-Clinic':'7'},"
                + "'auth':{'basic':{'username':'u','password':'p'}}}");
    assertThat(found.credentials()).contains(new Endpoint.Credentials("u", "p"));
    assertThat(found.headers()).isEqualTo(Map.of("x-clinic", "7"));
  }

  @Test
  void everyOptionIsRead() {
    ReplicationSpec spec =
        spec(
            "{'source':'a','target':'b','continuous':true,'create_target':true,"
                + "'winning_revs_only':true,'since_seq':12,'use_checkpoints':false,"
                + "'checkpoint_interval':250,'doc_ids':['y','x','y']}");
    assertThat(spec.live()).isTrue();
    assertThat(spec.createTarget()).isTrue();
    assertThat(spec.winnersOnly()).isTrue();
    assertThat(spec.sinceSeq()).isEqualTo(Optional.of("12"));
    assertThat(spec.useCheckpoints()).isFalse();
    assertThat(spec.checkpointInterval()).hasMillis(250);
    assertThat(spec.selection()).isEqualTo(new Selection.DocIds(List.of("x", "y")));
  }

  @Test
  void filtersHaveParameters() {
    ReplicationSpec spec =
        spec("{'source':'a','target':'b','filter':'d/f','query_params':{'n':1,'s':'x'}}");
    assertThat(spec.selection())
        .isEqualTo(new Selection.ByFilter("d/f", Map.of("n", "1", "s", "x")));
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatThrownBy(
            () ->
                spec(
                    "{'target':'ftp://x/y','continuous':1,'doc_ids':'a','selector':[],"
                        + "'checkpoint_interval':0}"))
        .isInstanceOf(InvalidReplicationException.class)
        .hasMessageContaining("`source` is missing")
        .hasMessageContaining("must begin with http")
        .hasMessageContaining("`continuous`")
        .hasMessageContaining("`doc_ids`")
        .hasMessageContaining("`selector`")
        .hasMessageContaining("`checkpoint_interval`");
  }

  @Test
  void badUrlsAreNotRepeatedInMessages() {
    for (String url : List.of("http://u:secret@h", "http://u:secret@h/a b", "x://u:secret@h/a")) {
      assertThatThrownBy(() -> remote("'" + url + "'"))
          .as(url)
          .isInstanceOf(InvalidReplicationException.class)
          .message()
          .doesNotContain("secret");
    }
  }

  @Test
  void aHeaderOfTwoLinesIsRefused() {
    assertThatThrownBy(() -> remote("{'url':'http://h/db','headers':{'a':'b\\r\\nc: d'}}"))
        .isInstanceOf(InvalidReplicationException.class);
  }

  @Test
  void aCancelNamesTheReplicationOrItsId() {
    assertThat(ReplicationRequest.parse(json("{'cancel':true,'replication_id':'x+continuous'}")))
        .isEqualTo(new ReplicationRequest.CancelById("x+continuous"));
    assertThat(ReplicationRequest.parse(json("{'cancel':true,'source':'a','target':'b'}")))
        .isInstanceOf(ReplicationRequest.CancelSame.class);
    for (String odd : List.of("'yes'", "1", "'false'")) {
      JsonNode json = json("{'cancel':" + odd + ",'source':'a','target':'b'}");
      assertThatThrownBy(() -> ReplicationRequest.parse(json))
          .isInstanceOf(InvalidReplicationException.class)
          .hasMessage("`cancel` must be true or false");
    }
  }

  @Test
  void theIdFollowsEndsAndSelectionAndNotTheManner() {
    try (Island a = new Island("a");
        Island b = new Island("b")) {
      ReplicationSpec once = ReplicationSpec.of(new Endpoint.Local("a"), new Endpoint.Local("b"));
      ReplicationId id = ReplicationId.of("n", a.peer(), b.peer(), once);
      assertThat(id.toString()).matches("[0-9a-f]{32}");
      assertThat(ReplicationId.of("n", a.peer(), b.peer(), once.continuous()).toString())
          .isEqualTo(id + "+continuous");
      assertThat(ReplicationId.of("n", b.peer(), a.peer(), once).base()).isNotEqualTo(id.base());
      assertThat(ReplicationId.of("m", a.peer(), b.peer(), once).base()).isNotEqualTo(id.base());
      ReplicationSpec part = once.selecting(new Selection.DocIds(List.of("x")));
      assertThat(ReplicationId.of("n", a.peer(), b.peer(), part).base()).isNotEqualTo(id.base());
    }
  }

  private static String base(String members) {
    ReplicationSpec spec = spec("{'source':'a','target':'b'," + members + "}");
    try (Island a = new Island("a");
        Island b = new Island("b")) {
      return ReplicationId.of("n", a.peer(), b.peer(), spec).base();
    }
  }

  private static String md5(String words) throws NoSuchAlgorithmException {
    byte[] json = words.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(json));
  }

  /** Whoever changes one begins all replications of that kind anew. */
  @Test
  void idsAreThoseThatEarlierVersionsMade() throws NoSuchAlgorithmException {
    String ends = "['n','node-of-a/a','node-of-b/b',";
    assertThat(base("'doc_ids':['y','x']")).isEqualTo(md5(ends + "'doc_ids','x','y']"));
    assertThat(base("'doc_ids':['x'],'winning_revs_only':true,'since_seq':5"))
        .isEqualTo(md5(ends + "'doc_ids','x','winning_revs_only','since_seq','5']"));
    assertThat(base("'filter':'f/g','query_params':{'p':1},'since_seq':'5-x'"))
        .isEqualTo(md5(ends + "'filter','f/g','p','1','since_seq','5-x']"));
  }

  @Test
  void replicationsThatDifferHaveOtherIds() {
    assertThat(
            List.of(
                base("'doc_ids':['x'],'winning_revs_only':true"),
                base("'doc_ids':['x','winning_revs_only']"),
                base("'doc_ids':['x','winning_revs_only'],'winning_revs_only':true"),
                base("'doc_ids':['a'],'since_seq':'t'"),
                base("'doc_ids':['a','since_seq','t']"),
                base("'filter':'f/g','since_seq':'5'"),
                base("'filter':'f/g','query_params':{'since_seq':'5'}"),
                base("'filter':'f/g','query_params':{'since_seq':'5'},'since_seq':'5'"),
                base("'selector':{'a':1}"),
                base("'selector':{'a':'1'}"),
                base("'selector':{'a':1},'since_seq':{'a':1}")))
        .doesNotHaveDuplicates();
  }

  @Test
  void waysOfSpeakingBelongToTheirEnd() {
    ReplicationSpec spec =
        spec(
            "{'source':'http://h/a','target':'http://h/b','use_bulk_get':false,"
                + "'create_target_params':{'q':1,'partitioned':true},'proxy':'http://gate:3128'}");
    Optional<Proxy> gate = Optional.of(new Proxy(Protocol.HTTP, "gate", 3128, Optional.empty()));
    assertThat(((Endpoint.Remote) spec.source()).manner())
        .isEqualTo(new Manner(gate, false, Map.of()));
    assertThat(((Endpoint.Remote) spec.target()).manner())
        .isEqualTo(new Manner(gate, true, Map.of("q", "1", "partitioned", "true")));
  }

  @Test
  void eachEndMayHaveItsProxy() {
    ReplicationSpec spec =
        spec(
            "{'source':'http://h/a','target':'http://h/b','source_proxy':'socks5://s',"
                + "'target_proxy':'http://clerk:se%40cret@t'}");
    Optional<Proxy> source = ((Endpoint.Remote) spec.source()).manner().proxy();
    Optional<Proxy> target = ((Endpoint.Remote) spec.target()).manner().proxy();
    assertThat(source).map(Proxy::name).contains("socks5://s:1080");
    assertThat(target).map(Proxy::name).contains("http://clerk:*****@t:80");
    assertThat(target.orElseThrow().credentials())
        .contains(new Endpoint.Credentials("clerk", "se@cret"));
    assertThat(target.toString()).doesNotContain("cret@");
  }

  @Test
  void waysThatAreNotKnownAreRefused() {
    String ends = "'source':'http://h/a','target':'b',";
    assertThatThrownBy(
            () ->
                spec(
                    "{"
                        + ends
                        + "'proxy':'ftp://u:secret@p','target_proxy':'x','use_bulk_get':1,"
                        + "'create_target_params':7}"))
        .isInstanceOf(InvalidReplicationException.class)
        .hasMessageContaining("`proxy` is mutually exclusive with `target_proxy`")
        .hasMessageContaining("`proxy`: must begin with http://, https:// or socks5://")
        .hasMessageContaining("`use_bulk_get`")
        .hasMessageContaining("`create_target_params` must be a JSON object")
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(() -> spec("{" + ends + "'create_target_params':{'partitioned':true}}"))
        .hasMessageContaining("Partitioned feature is not enabled");
  }
}
