package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** Documents of very many versions. */
class CrowdTest {
  private static final String MERGE = "[{'name':'all','selector':{},'method':'merge'}]";

  private final Island one = new Island();

  @AfterEach
  void close() {
    one.close();
  }

  private void crowd(String id, int count) {
    for (int i = 0; i < count; i++) {
      Island third = new Island();
      third.create(id, "{'n':" + i + "}");
      third.push(one);
      third.close();
    }
  }

  @Test
  void documentsOfVeryManyVersionsAreListedAndNotCompared() {
    one.policy(MERGE);
    crowd("Visit/1", 70);
    ConflictRow row = one.settle().rows().getFirst();
    assertThat(row.kind()).isEqualTo("Visit");
    assertThat(row.reason()).contains("64");
    assertThat(one.desk().find(DocId.of("Visit/1"))).isEmpty();
    assertThat(one.desk().merge(one.wish("Visit/1"), Map.of()))
        .isInstanceOf(SettleResult.Bad.class);
    CrowdedConflict first = one.desk().findCrowded(DocId.of("Visit/1"), 0).orElseThrow();
    assertThat(first.live()).isEqualTo(one.live("Visit/1"));
    assertThat(first.page()).hasSize(64);
    CrowdedConflict rest = one.desk().findCrowded(DocId.of("Visit/1"), 64).orElseThrow();
    assertThat(rest.page()).hasSize(6);
    assertThat(one.desk().findCrowded(DocId.of("Visit/1"), 1_000).orElseThrow().page()).isEmpty();
  }

  @Test
  void oneOfVeryManyVersionsIsChosenAndTheOthersAreKept() {
    crowd("Visit/1", 70);
    RevId last = one.live("Visit/1").getLast();
    String text = one.document("Visit/1").revision(last).orElseThrow().body().toString();
    Desk.Wish wish = one.wish("Visit/1");
    assertThat(one.desk().choose(wish, RevId.parse("1-ff"))).isInstanceOf(SettleResult.Bad.class);
    SettleResult result = one.desk().choose(wish, last);
    RevId into = ((SettleResult.Done) result).into();
    assertThat(one.live("Visit/1")).containsExactly(into);
    assertThat(one.document("Visit/1").revisions().getFirst().body()).hasToString(text);
    assertThat(one.settle().rows()).isEmpty();
    assertThat(one.desk().undo(one.wish("Visit/1"), into)).isInstanceOf(SettleResult.Done.class);
    assertThat(one.live("Visit/1")).as("all are here again").hasSizeGreaterThanOrEqualTo(69);
  }

  @Test
  void veryManyVersionsAreReplacedByATextUnlessAnotherCameMeanwhile() {
    crowd("Visit/1", 66);
    Desk.Wish wish = one.wish("Visit/1");
    Desk.Wish old =
        new Desk.Wish(
            wish.id(),
            Optional.of(Set.of(one.live("Visit/1").getFirst())),
            wish.author(),
            Optional.empty());
    Body body = Body.parse("{\"n\":\"all\"}");
    assertThat(one.desk().edit(old, body, Optional.empty()))
        .isEqualTo(new SettleResult.Moved(one.live("Visit/1")));
    assertThat(one.desk().edit(wish, body, Optional.of(Map.of("photo", Optional.empty()))))
        .isInstanceOf(SettleResult.Bad.class);
    assertThat(one.desk().edit(wish, body, Optional.empty())).isInstanceOf(SettleResult.Done.class);
    assertThat(one.live("Visit/1")).hasSize(1);
    assertThat(one.document("Visit/1").revisions().getFirst().body()).hasToString(body.toString());
  }
}
