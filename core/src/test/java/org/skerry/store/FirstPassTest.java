package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;
import org.skerry.testing.Seeded;

/** What a device gets first. */
@ExtendWith(Seeded.class)
class FirstPassTest {
  private final MemoryStore store = new MemoryStore();
  private final DocumentStore db = store.create("db").orElseThrow();
  private final SubsetDocuments site;
  private final List<String> written = new ArrayList<>();

  FirstPassTest() {
    db.subsets().keep();
    int feed = db.subsets().feed("hill");
    db.subsets().audiences(Map.of(Label.place("hill"), Audience.of(feed)));
    site = new SubsetDocuments(db, "hill", feed);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      String json = ScopedWrites.json(written.size(), written.size() % 5 == 0 ? "*" : "=hill");
      db.commit(List.of(ScopedWrites.create("d" + written.size(), json)));
      written.add(json);
    }
  }

  private int urgency(String id) {
    return ScopedWrites.urgency(Body.parse(written.get(Integer.parseInt(id.substring(1)))));
  }

  /** Reads on, and returns the position reached. */
  private Seq read(Seq since, int limit, List<String> into) {
    return site.changes(
        ChangeRange.after(since, limit), Fields.LEAVES, document -> into.add(document.id().text()));
  }

  @Test
  void theMostUrgentComeFirstAndOfThoseTheNewest() {
    write(700);
    List<String> seen = new ArrayList<>();
    Seq end = read(site.beginning(), 10_000, seen);
    Comparator<String> order =
        Comparator.<String>comparingInt(this::urgency)
            .thenComparing(id -> -Integer.parseInt(id.substring(1)));
    assertThat(seen).hasSize(700).isSortedAccordingTo(order);
    assertThat(end).isEqualTo(site.now());
    assertThat(site.pending(end)).isZero();
  }

  @Test
  void thePassGoesOnAfterAnyBreakAndMissesNothingThatIsWrittenMeanwhile(SplittableRandom random) {
    for (int story = 0; story < 20; story++) {
      write(random.nextInt(30));
      List<String> seen = new ArrayList<>();
      Seq at = site.beginning();
      while (site.pending(at) > 0) {
        int before = seen.size();
        at = read(at, 1 + random.nextInt(20), seen);
        assertThat(seen.size()).as("something comes").isGreaterThan(before);
        if (random.nextInt(4) == 0) {
          write(1);
        }
      }
      Set<String> all = new HashSet<>(seen);
      assertThat(all).hasSize(written.size());
      assertThat(seen).as("nothing twice").hasSize(written.size());
    }
  }

  @Test
  void whatOtherRulesRankOtherwiseMeanwhileIsNotMissed(SplittableRandom random) {
    for (int story = 0; story < 20; story++) {
      write(10);
      Set<String> seen = new HashSet<>();
      Seq at = site.beginning();
      while (site.pending(at) > 0) {
        List<String> page = new ArrayList<>();
        at = read(at, 1 + random.nextInt(3), page);
        seen.addAll(page);
        rank(random.nextInt(written.size()), random.nextInt(256));
      }
      assertThat(seen).hasSize(written.size());
    }
  }

  private void rank(int number, int urgency) {
    DocId id = DocId.of("d" + number);
    Set<Label> labels = ScopedWrites.labels(Body.parse(written.get(number)));
    db.load(
        List.of(id),
        Fields.LEAVES,
        document -> placed(id, document.winner().rev(), Placement.of(labels, false, urgency)));
  }

  private boolean placed(DocId id, RevId leaf, Placement placement) {
    db.subsets().place(List.of(new Subsets.Placed(id, Map.of(leaf, placement))));
    return true;
  }

  @Test
  void whatIsLeftToReadIsCounted() {
    write(50);
    Seq at = site.beginning();
    assertThat(site.pending(at)).isEqualTo(50);
    at = read(at, 20, new ArrayList<>());
    assertThat(site.pending(at)).isEqualTo(30);
    write(5);
    assertThat(site.pending(at)).isEqualTo(35);
  }

  @Test
  void whatLeftComesLast() {
    write(20);
    db.subsets().grant(site.feed(), DocId.of("d1"), true);
    List<String> seen = new ArrayList<>();
    db.subsets().audiences(Map.of(Label.place("hill"), Audience.NOBODY));
    ScopedWrites.settle(db, 100);
    read(site.beginning(), 100, seen);
    assertThat(seen).hasSize(20);
    assertThat(seen.subList(0, 5))
        .as("what stayed: everyone's, and what was granted")
        .containsExactlyInAnyOrder("d0", "d5", "d10", "d15", "d1");
  }

  @Test
  void whoKeepsButTheNumberBeginsAgain() {
    write(10);
    Seq at = read(site.beginning(), 5, new ArrayList<>());
    assertThat(at.number()).isZero();
    List<String> seen = new ArrayList<>();
    read(Seq.of(at.number()), 100, seen);
    assertThat(seen).hasSize(10);
  }

  @Test
  void aPassOverMoreThanThereIsBeginsAgain() {
    write(10);
    Seq at = read(site.beginning(), 5, new ArrayList<>());
    byte[] later = at.position().clone();
    later[1] = 1;
    List<String> seen = new ArrayList<>();
    read(Seq.of(0, later), 100, seen);
    assertThat(seen).hasSize(10);
  }
}
