package org.skerry.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.capture.SlotState;

class SlotWatchTest {
  private static SlotState slot(String status, long retained) {
    return new SlotState(true, status, Optional.of(retained), 0, Optional.empty());
  }

  @Test
  void aShortLogIsNoReason() {
    assertThat(SlotWatch.judgement(slot("reserved", SlotWatch.MUCH - 1))).isEmpty();
    assertThat(SlotWatch.judgement(slot("extended", 10))).isEmpty();
  }

  @Test
  void aLongLogIsTold() {
    assertThat(SlotWatch.judgement(slot("reserved", SlotWatch.MUCH)))
        .hasValueSatisfying(text -> assertThat(text).contains("1024 MB", "delete its document"));
  }

  @Test
  void aLogThatIsGivenUpOrAboutToBeIsTold() {
    assertThat(SlotWatch.judgement(slot("unreserved", 7 << 20)))
        .hasValueSatisfying(text -> assertThat(text).contains("about to give up 7 MB"));
    assertThat(SlotWatch.judgement(slot("lost", 0)))
        .hasValueSatisfying(text -> assertThat(text).contains("all rows are read again"));
  }

  @Test
  void errorsSayWhatToDo() {
    assertThat(Explanation.of(new SQLException("FATAL: no\nDetail: x", "28P01")))
        .isEqualTo("FATAL: no (look at `user` and `password` of the satellite's document)");
    assertThat(
            Explanation.of(
                new SQLException("logical decoding requires wal_level >= logical", "55000")))
        .contains("\"capture\": \"outbox\"");
    assertThat(Explanation.of(new SQLException("odd", "XX000"))).isEqualTo("odd");
    assertThat(Explanation.of(new SQLException("must be owner of table party", "42501")))
        .contains("must own the mapped tables");
  }
}
