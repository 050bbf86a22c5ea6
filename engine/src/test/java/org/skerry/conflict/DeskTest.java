package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skerry.conflict.merge.Pointer;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** Conflicts that people settle, and settlements that they undo. */
class DeskTest extends IslandsCase {
  @Test
  void aPersonChoosesALeaf() {
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    RevId loser = one.live("p").getLast();
    String text = one.document("p").revision(loser).orElseThrow().body().toString();
    SettleResult result = one.desk().choose(one.wish("p"), loser);
    assertThat(result).isInstanceOf(SettleResult.Done.class);
    assertThat(one.live("p")).hasSize(1);
    assertThat(one.document("p").revisions().getFirst().body()).hasToString(text);
    assertThat(one.settle().rows()).isEmpty();
  }

  @Test
  void aPersonTakesASidePerMember() {
    conflict("{'a':1,'b':1,'c':1}", "{'a':2,'b':2,'c':1}", "{'a':3,'b':3,'c':2}");
    RevId winner = one.live("p").getFirst();
    RevId loser = one.live("p").getLast();
    Pointer a = Pointer.parse("/a").orElseThrow();
    Pointer b = Pointer.parse("/b").orElseThrow();
    assertThat(one.desk().merge(one.wish("p"), Map.of(a, new Desk.Choice.From(loser))))
        .isEqualTo(new SettleResult.Open(List.of("/b"), "nobody decided about /b"));
    SettleResult result =
        one.desk()
            .merge(
                one.wish("p"),
                Map.of(a, new Desk.Choice.From(loser), b, new Desk.Choice.From(winner)));
    assertThat(result).isInstanceOf(SettleResult.Done.class);
    assertThat(one.body("p")).isIn("{'a':3,'b':2,'c':2}", "{'a':2,'b':3,'c':2}");
  }

  @Test
  void whoSawOtherLeavesIsTold() {
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    Desk.Wish wish = one.wish("p");
    one.edit("p", one.live("p").getLast(), "{'a':9}");
    assertThat(one.desk().choose(wish, one.live("p").getFirst()))
        .isEqualTo(new SettleResult.Moved(one.live("p")));
  }

  @Test
  void twoPersonsWhoDecideDifferentlySeeThat() {
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    one.desk().choose(one.wish("p"), one.live("p").getFirst());
    other.desk().choose(other.wish("p"), other.live("p").getLast());
    one.meet(other);
    assertThat(one.live("p")).hasSize(2);
  }

  @Test
  void aPersonsDecisionStandsAgainstAPolicys() {
    one.policy("[{'name':'w','selector':{},'method':'latest','member':'/a'}]");
    one.push(other);
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    Body text = Body.parse("{\"a\":0}");
    one.desk().edit(one.wish("p"), text, Optional.empty());
    other.settle();
    for (int i = 0; i < 3; i++) {
      one.meet(other);
      one.settle();
      other.settle();
    }
    assertThat(one.body("p")).isEqualTo("{'a':0}");
    assertThat(other.body("p")).isEqualTo("{'a':0}");
  }

  @Test
  void anUndoneSettlementIsOpenAgainAndNoPolicyTouchesIt() {
    one.policy("[{'name':'m','selector':{},'method':'merge'}]");
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    one.settle();
    RevId settled = one.live("p").getFirst();
    one.meet(other);
    other.settle();
    SettlementRow row =
        other
            .conflicts
            .settlements(other.database, Optional.of(DocId.of("p")), Optional.empty(), 10, true)
            .rows()
            .getFirst();
    assertThat(row.into()).isEqualTo(settled);
    assertThat(row.leaves()).hasSize(2);
    assertThat(row.by()).isInstanceOf(By.Rule.class);
    SettleResult undone = other.desk().undo(other.wish("p"), settled);
    assertThat(undone).isInstanceOf(SettleResult.Done.class);
    assertThat(other.live("p")).hasSize(2);
    assertThat(
            other.document("p").revisions().stream()
                .filter(leaf -> !leaf.deleted())
                .map(leaf -> leaf.body().toString()))
        .containsExactlyInAnyOrder("{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}");
    one.meet(other);
    assertThat(one.settle().rows().getFirst().state()).isEqualTo(ConflictRow.State.HELD);
    assertThat(other.settle().rows()).hasSize(1);
    assertThat(other.desk().undo(other.wish("p"), settled)).isInstanceOf(SettleResult.Moved.class);
    one.desk().choose(one.wish("p"), one.live("p").getLast());
    assertThat(one.settle().rows()).isEmpty();
    one.meet(other);
    assertThat(other.settle().rows()).isEmpty();
    assertThat(other.live("p")).isEqualTo(one.live("p"));
  }

  @Test
  void undoingLeavesWhatSomebodyEditedSince() {
    one.policy("[{'name':'w','selector':{},'method':'winner'}]");
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    one.settle();
    RevId settled = one.live("p").getFirst();
    RevId later = one.edit("p", settled, "{'a':7}");
    one.desk().undo(one.wish("p"), settled);
    assertThat(one.live("p")).hasSize(2).contains(later);
  }
}
