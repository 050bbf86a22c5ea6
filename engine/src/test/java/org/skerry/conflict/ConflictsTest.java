package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skerry.audit.AuditAction;
import org.skerry.database.WriteGuard;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.CompactionListener;
import org.skerry.store.PurgeRequest;
import org.skerry.store.StoredDocument;

class ConflictsTest extends IslandsCase {
  private static final CompactionListener TO_THE_END = (done, total) -> true;

  @Test
  void withoutAPolicyConflictsAreListedAndNothingElse() {
    conflict("{'type':'x','a':1,'b':1}", "{'type':'x','a':2,'b':1}", "{'type':'x','a':3,'b':1}");
    ConflictPage page = one.settle();
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.kinds()).containsExactly(Map.entry("x", 1L));
    ConflictRow row = page.rows().getFirst();
    assertThat(row.id()).isEqualTo(DocId.of("p"));
    assertThat(row.open()).containsExactly("/a");
    assertThat(row.state()).isEqualTo(ConflictRow.State.OPEN);
    assertThat(row.leaves()).hasSize(2);
    assertThat(one.live("p")).hasSize(2);
  }

  @Test
  void aPolicySettlesWhatItCanAndTwoNodesMakeTheSameRevisions() {
    one.policy(MERGE);
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    assertThat(one.settle().rows()).isEmpty();
    assertThat(other.settle().rows()).isEmpty();
    assertThat(one.body("p")).contains("'a':2").contains("'b':2");
    assertThat(one.document("p").leaves()).isEqualTo(other.document("p").leaves());
    long seq = one.database.store().now().number();
    one.meet(other);
    one.settle();
    assertThat(one.database.store().now().number()).as("no quarrel").isEqualTo(seq);
  }

  @Test
  void whoeverListensHearsOfEachSettlementOnce() {
    List<SettlementRow> heard = new ArrayList<>();
    one.conflicts.onSettled((database, settlement) -> heard.add(settlement));
    one.policy(MERGE);
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    one.settle();
    one.settle();
    one.edit("p", one.live("p").getFirst(), "{'a':9}");
    one.settle();
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().leaves()).as("both were merged into a third").hasSize(2);
    assertThat(heard.getFirst().by()).isInstanceOf(By.Rule.class);
  }

  @Test
  void whoeverListensAndFailsHarmsNobody() {
    one.conflicts.onSettled(
        (database, settlement) -> {
          throw new IllegalStateException("cannot listen");
        });
    one.policy(MERGE);
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    one.settle();
    assertThat(one.settle().rows()).isEmpty();
  }

  @Test
  void whatBothChangedStaysOpenUnderAPolicy() {
    one.policy(MERGE);
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    assertThat(one.settle().rows()).hasSize(1);
    assertThat(one.live("p")).hasSize(2);
  }

  @Test
  void theWinnerStaysAsItIsWhenItSaysEverything() {
    one.policy("[{'name':'w','selector':{},'method':'winner'}]");
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    RevId winner = one.live("p").getFirst();
    one.settle();
    assertThat(one.live("p")).containsExactly(winner);
    assertThat(one.document("p").leaves()).hasSize(2);
  }

  @Test
  void whatWasSetAsideStaysReadable() {
    one.policy("[{'name':'w','selector':{},'method':'winner'}]");
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    one.settle();
    StoredDocument document = one.document("p");
    String kept = document.revisions().get(1).body().toString();
    assertThat(kept).containsAnyOf("\"a\":2", "\"a\":3").contains(Mark.MEMBER);
    one.database.store().compact(TO_THE_END);
    assertThat(one.document("p").revisions().get(1).body()).hasToString(kept);
  }

  @Test
  void differentPoliciesForAWhileDoNotQuarrel() {
    one.policy("[{'name':'l','selector':{},'method':'latest','member':'/t'}]");
    one.push(other);
    other.policy("[{'name':'l','selector':{},'method':'site','member':'/s','order':['x','y']}]");
    edited("{'t':0,'s':'z'}", "{'t':9,'s':'y'}", "{'t':1,'s':'x'}");
    // Documents meet, policies do not.
    one.pushOnly(other, "p");
    other.pushOnly(one, "p");
    one.settle();
    other.settle();
    for (int i = 0; i < 6; i++) {
      one.meet(other);
      one.settle();
      other.settle();
    }
    assertThat(one.live("p")).hasSize(1).isEqualTo(other.live("p"));
    assertThat(one.document("p").tree().orElseThrow().size()).isLessThan(12);
  }

  @Test
  void ofTwoSettlementsThatPoliciesMadeOfTheSameTheNewerPolicysStays() {
    one.policy("[{'name':'l','selector':{},'method':'function','function':'() => ({p: 1})'}]");
    one.push(other);
    other.policy("[{'name':'l','selector':{},'method':'function','function':'() => ({p: 2})'}]");
    edited("{'t':0}", "{'t':9}", "{'t':1}");
    one.pushOnly(other, "p");
    other.pushOnly(one, "p");
    one.settle();
    other.settle();
    for (int i = 0; i < 3; i++) {
      one.meet(other);
      one.settle();
      other.settle();
    }
    assertThat(one.live("p")).hasSize(1).isEqualTo(other.live("p"));
    assertThat(one.body("p")).isEqualTo("{'p':2}");
  }

  @Test
  void aThirdSideThatCameLaterIsCountedOnce() {
    Island third = new Island();
    one.policy("[{'name':'c','selector':{},'method':'merge','members':{'/n':'counter'}}]");
    RevId first = one.create("p", "{'n':10}");
    one.push(other);
    one.push(third);
    one.edit("p", first, "{'n':11}");
    other.edit("p", first, "{'n':12}");
    third.edit("p", first, "{'n':14}");
    one.meet(other);
    // One settles two sides, while the other already knows three.
    third.push(other);
    one.settle();
    other.settle();
    for (int i = 0; i < 3; i++) {
      one.meet(other);
      other.meet(third);
      one.settle();
      other.settle();
      third.settle();
    }
    assertThat(one.body("p")).isEqualTo("{'n':17}");
    assertThat(one.live("p")).hasSize(1).isEqualTo(other.live("p")).isEqualTo(third.live("p"));
    third.close();
  }

  @Test
  void allergiesAreAPersonsUnlessARuleNamesThem() {
    one.policy(MERGE);
    conflict(
        "{'resourceType':'AllergyIntolerance'}",
        "{'resourceType':'AllergyIntolerance','a':1}",
        "{'resourceType':'AllergyIntolerance','b':1}");
    assertThat(one.settle().rows()).hasSize(1);
    one.policy("[{'name':'a','type':'AllergyIntolerance','method':'merge'}]");
    assertThat(one.settle().rows()).isEmpty();
    assertThat(one.body("p")).contains("'a':1").contains("'b':1");
  }

  @Test
  void identifiersOfPatientsAreAPersonsUnlessARuleNamesThem() {
    one.policy("[{'name':'p','type':'Patient','method':'merge'}]");
    conflict(
        "{'resourceType':'Patient','identifier':[1]}",
        "{'resourceType':'Patient','identifier':[2]}",
        "{'resourceType':'Patient','identifier':[1],'b':1}");
    assertThat(one.settle().rows().getFirst().open()).containsExactly("/identifier");
    one.policy("[{'name':'p','type':'Patient','method':'winner'}]");
    assertThat(one.settle().rows().getFirst().open()).containsExactly("/identifier");
    one.policy(
        "[{'name':'p','type':'Patient','method':'merge','members':{'/identifier':'merge'}}]");
    assertThat(one.settle().rows()).isEmpty();
  }

  @Test
  void aFunctionOfAncestorAndLeavesSettles() {
    one.policy(
        "[{'name':'f','selector':{},'method':'function','function':"
            + "'(ancestor, leaves) => ({n: leaves.reduce((s, l) => s + l.n - ancestor.n,"
            + " ancestor.n), rev: ancestor._rev.length > 2})'}]");
    conflict("{'n':1}", "{'n':2}", "{'n':3}");
    assertThat(one.settle().rows()).isEmpty();
    assertThat(one.body("p")).isEqualTo("{'n':4,'rev':true}");
  }

  @Test
  void aFunctionHasNoClockAndNoChance() {
    one.policy(
        "[{'name':'f','selector':{},'method':'function','function':"
            + "'(a, l) => ({d: typeof Date, r: typeof Math.random, f: Math.floor(1.5)})'}]");
    conflict("{'n':1}", "{'n':2}", "{'n':3}");
    one.settle();
    assertThat(one.body("p")).isEqualTo("{'d':'undefined','r':'undefined','f':1}");
  }

  @Test
  void aFunctionMayLeaveItToAPersonOrFail() {
    one.policy("[{'name':'f','selector':{},'method':'function','function':'() => null'}]");
    conflict("{'n':1}", "{'n':2}", "{'n':3}");
    assertThat(one.settle().rows().getFirst().reason()).contains("leaves it to a person");
    one.policy("[{'name':'f','selector':{},'method':'function','function':'() => nope()'}]");
    assertThat(one.settle().rows().getFirst().reason()).contains("nope");
  }

  @Test
  void aRuleAboutWritingHoldsForPolicies() {
    one.databases.guard(
        (WriteGuard)
            (database, revision, author) ->
                revision.body().toString().contains("\"a\":2,\"b\":2")
                    ? WriteGuard.Verdict.forbidden("not both")
                    : WriteGuard.Verdict.PASS);
    one.policy(MERGE);
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    ConflictRow row = one.settle().rows().getFirst();
    assertThat(row.state()).isEqualTo(ConflictRow.State.REFUSED);
    assertThat(row.reason()).isEqualTo("not both");
    assertThat(one.live("p")).hasSize(2);
  }

  @Test
  void aConflictKeepsTheTimeAtWhichItWasFirstSeen() {
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    one.settle();
    one.now = one.now.plusSeconds(100);
    one.edit("p", one.live("p").getFirst(), "{'a':4}");
    ConflictPage page = one.settle();
    assertThat(page.rows().getFirst().since()).isEqualTo(one.now.minusSeconds(100));
    ConflictQuery old = ConflictQuery.first(10);
    assertThat(
            one.conflicts
                .list(
                    one.database,
                    new ConflictQuery(
                        10,
                        0,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(101)),
                        Optional.empty()))
                .matching())
        .isZero();
    assertThat(one.conflicts.list(one.database, old).matching()).isEqualTo(1);
  }

  @Test
  void settlementsAreListedNewestFirstAndAudited() {
    one.policy(MERGE);
    conflict("{'a':1,'b':1}", "{'a':2,'b':1}", "{'a':1,'b':2}");
    one.settle();
    SettlementPage page =
        one.conflicts.settlements(one.database, Optional.empty(), Optional.empty(), 10, true);
    assertThat(page.rows()).hasSize(1);
    assertThat(page.rows().getFirst().leaves().getFirst().taken()).hasSize(1);
    assertThat(one.audited)
        .extracting(event -> event.action())
        .contains(AuditAction.CONFLICT_SETTLED_BY_POLICY);
  }

  @Test
  void whatWasCreatedApartIsMergedAgainstNothing() {
    one.policy(MERGE);
    one.push(other);
    one.create("p", "{'a':1,'c':1}");
    other.create("p", "{'b':2,'c':1}");
    one.meet(other);
    one.settle();
    assertThat(one.body("p")).contains("'a':1").contains("'b':2").contains("'c':1");
  }

  @Test
  void withoutTheAncestorAPersonIsAsked() {
    one.policy(MERGE);
    RevId first = one.create("p", "{'a':1,'b':1}");
    one.push(other);
    one.edit("p", first, "{'a':2,'b':1}");
    other.edit("p", first, "{'a':1,'b':2}");
    one.database.store().compact(TO_THE_END);
    other.push(one);
    ConflictRow row = one.settle().rows().getFirst();
    assertThat(row.reason()).contains("ancestor");
    assertThat(row.open()).containsExactlyInAnyOrder("/a", "/b");
  }

  @Test
  void purgedDocumentsLeaveTheList() {
    conflict("{'a':1}", "{'a':2}", "{'a':3}");
    assertThat(one.settle().total()).isEqualTo(1);
    one.database
        .store()
        .purge(List.of(new PurgeRequest(DocId.of("p"), one.live("p").subList(0, 1))));
    assertThat(one.settle().total()).isZero();
    assertThat(one.settle().kinds()).isEmpty();
  }

  @Test
  void pagesGoOnAtTheirBookmark() {
    for (int i = 0; i < 7; i++) {
      RevId first = one.create("p" + i, "{'a':1}");
      one.push(other);
      one.edit("p" + i, first, "{'a':2}");
      other.edit("p" + i, first, "{'a':3}");
    }
    one.meet(other);
    ConflictPage page = one.conflicts.list(one.database, ConflictQuery.first(3));
    assertThat(page.total()).isEqualTo(7);
    Set<DocId> seen = new java.util.TreeSet<>();
    int pages = 1;
    page.rows().forEach(row -> seen.add(row.id()));
    while (page.bookmark().isPresent()) {
      page =
          one.conflicts.list(
              one.database,
              new ConflictQuery(
                  3,
                  0,
                  false,
                  page.bookmark(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      page.rows().forEach(row -> seen.add(row.id()));
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(7);
  }
}
