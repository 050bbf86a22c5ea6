package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.postgres.capture.pgoutput.LogMessage;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;

class UnitAssemblerTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
  private static final Relation PARTY =
      new Relation(
          1,
          "public",
          "party",
          Relation.Identity.KEY,
          List.of(new Relation.Column("id", true, 23)));

  private final UnitAssembler assembler = new UnitAssembler(3);

  private static LogMessage insert(String id) {
    return new LogMessage.Insert(new Tuple(PARTY, List.of(new Cell.Text(id))));
  }

  private static LogMessage remark(String prefix, String content) {
    return new LogMessage.Remark(true, prefix, content.getBytes(StandardCharsets.UTF_8));
  }

  private List<Unit> units(LogMessage... messages) {
    List<Unit> units = new ArrayList<>();
    for (LogMessage message : messages) {
      assembler.take(message).ifPresent(units::add);
    }
    return units;
  }

  private static LogMessage begin(long lsn) {
    return new LogMessage.Begin(lsn, TIME, 7);
  }

  private static LogMessage commit(long lsn) {
    return new LogMessage.Commit(lsn, lsn + 1);
  }

  @Test
  void oneTransactionIsOneUnit() {
    List<Unit> units =
        units(begin(10), insert("1"), insert("2"), commit(10), begin(20), commit(20));
    assertThat(units).hasSize(2);
    assertThat(units.getFirst().changes()).hasSize(2);
    assertThat(units.getFirst().place()).isEqualTo(10);
    assertThat(units.getFirst().end()).isEqualTo(11);
    assertThat(units.getFirst().committed()).isEqualTo(TIME);
    assertThat(units.getLast().changes()).isEmpty();
  }

  @Test
  void aLongTransactionIsHandedOnInParts() {
    List<Unit> units =
        units(
            begin(10), insert("1"), insert("2"), insert("3"), insert("4"), insert("5"), commit(10));
    assertThat(units).extracting(unit -> unit.changes().size()).containsExactly(3, 2);
    assertThat(units).extracting(Unit::first).containsExactly(0, 3);
    assertThat(units).extracting(Unit::last).containsExactly(false, true);
    assertThat(units).extracting(Unit::place).containsOnly(10L);
  }

  @Test
  void ownTransactionsHaveNoChanges() {
    List<Unit> units =
        units(
            begin(10),
            remark(Marks.OURS, ""),
            insert("1"),
            insert("2"),
            new LogMessage.Truncate(List.of(PARTY)),
            commit(10),
            begin(20),
            insert("3"),
            commit(20));
    assertThat(units).extracting(unit -> unit.changes().size()).containsExactly(0, 1);
  }

  @Test
  void remarksOfGatesAreToldAndOthersAreNot() {
    List<Unit> units =
        units(begin(10), remark(Marks.GATE, "me"), remark("somebody", "else"), commit(10));
    assertThat(units.getFirst().gates()).containsExactly("me");
  }

  @Test
  void whatIsBehindIsLeftOut() {
    Unit unit = units(begin(10), insert("1"), insert("2"), commit(10)).getFirst();
    assertThat(unit.without(1).changes()).hasSize(1);
    assertThat(unit.without(1).first()).isEqualTo(1);
    assertThat(unit.without(Integer.MAX_VALUE).changes()).isEmpty();
    assertThat(unit.without(0)).isEqualTo(unit);
    assertThat(unit.without(1).behind()).isEqualTo(unit.behind());
  }

  @Test
  void placesAreOrderedAndSpelled() {
    Place early = new Place(0x16B3748L, 12);
    assertThat(early).hasToString("0/16B3748+12");
    assertThat(Place.parse("0/16B3748+12")).contains(early);
    assertThat(Place.parse("first pass")).isEqualTo(Optional.empty());
    assertThat(early).isLessThan(new Place(0x16B3748L, 13));
    assertThat(new Place(-1L, 0)).isGreaterThan(early);
  }
}
