package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static SessionRecord session(String id, String recorded) {
    return new SessionRecord(id, "", "", "0", recorded, recorded, Counts.NONE);
  }

  private static Optional<Checkpoint> log(SessionRecord... newestFirst) {
    return Optional.of(
        new Checkpoint(
            newestFirst[0].sessionId(), newestFirst[0].recordedSeq(), List.of(newestFirst)));
  }

  @Test
  void bothEndsGoOnWhereTheLastSessionOfBothWas() {
    assertThat(Checkpoint.commonStart(log(session("a", "12-x")), log(session("a", "12-x"))))
        .isEqualTo("12-x");
  }

  @Test
  void anEndThatRemembersNothingMeansTheStart() {
    assertThat(Checkpoint.commonStart(log(session("a", "12")), Optional.empty())).isEqualTo("0");
    assertThat(Checkpoint.commonStart(Optional.empty(), log(session("a", "12")))).isEqualTo("0");
  }

  @Test
  void ofASessionThatReachedOneEndOnlyTheEarlierPositionCounts() {
    assertThat(Checkpoint.commonStart(log(session("a", "12-x")), log(session("a", "20-y"))))
        .isEqualTo("12-x");
    assertThat(Checkpoint.commonStart(log(session("a", "20-y")), log(session("a", "3-x"))))
        .isEqualTo("3-x");
  }

  @Test
  void theNewestSessionInBothHistoriesCounts() {
    assertThat(
            Checkpoint.commonStart(
                log(session("c", "30"), session("b", "20"), session("a", "10")),
                log(session("d", "40"), session("b", "20"), session("a", "10"))))
        .isEqualTo("20");
  }

  @Test
  void withoutACommonSessionBothBeginAnew() {
    assertThat(Checkpoint.commonStart(log(session("a", "10")), log(session("b", "10"))))
        .isEqualTo("0");
  }

  @Test
  void positionsThatCannotBeComparedMeanTheStart() {
    assertThat(Checkpoint.commonStart(log(session("a", "g1AAA")), log(session("a", "g1BBB"))))
        .isEqualTo("0");
    assertThat(Checkpoint.commonStart(log(session("a", "7-x")), log(session("a", "7-y"))))
        .isEqualTo("0");
  }

  @Test
  void whatIsWrittenIsRead() {
    SessionRecord record =
        new SessionRecord("s", "then", "now", "1", "9-a", "9-a", new Counts(5, 4, 3, 2, 1));
    Checkpoint checkpoint = new Checkpoint("s", "9-a", List.of(record));
    assertThat(Checkpoint.parse(checkpoint.json())).contains(checkpoint);
  }

  @Test
  void couchDbsCheckpointIsRead() {
    String json =
        """
        {"_id":"_local/0a81b645497e6270611ec3419767a584","_rev":"0-11",
         "history":[{"doc_write_failures":0,"docs_read":1,"docs_written":1,"end_last_seq":28,
           "end_time":"Sun, 11 Aug 2013 20:38:50 GMT","missing_checked":1,"missing_found":1,
           "recorded_seq":28,"session_id":"142a35854a08e205c47174d91b1f9628",
           "start_last_seq":1,"start_time":"Sun, 11 Aug 2013 20:38:50 GMT"}],
         "replication_id_version":3,"session_id":"142a35854a08e205c47174d91b1f9628",
         "source_last_seq":28}
        """;
    Checkpoint found = Checkpoint.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    assertThat(found.sourceLastSeq()).isEqualTo("28");
    assertThat(found.history().getFirst().recordedSeq()).isEqualTo("28");
  }

  @Test
  void whatIsNoCheckpointIsNone() {
    for (String text : List.of("", "[]", "{}", "{\"session_id\":1}", "{\"session_id\":\"a\"}")) {
      assertThat(Checkpoint.parse(text.getBytes(StandardCharsets.UTF_8))).as(text).isEmpty();
    }
  }
}
