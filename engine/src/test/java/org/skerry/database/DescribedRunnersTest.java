package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs because it is described. */
@Timeout(300)
class DescribedRunnersTest {
  private final List<String> events = new ArrayList<>();
  private final DescribedRunners<String, Ship> ships =
      new DescribedRunners<>(Ship::description, ship -> note("+", ship), ship -> note("-", ship));

  private record Ship(String description) {}

  private void note(String what, Ship ship) {
    events.add(what + ship.description());
  }

  /** What happens when that is described. */
  private List<String> described(String... namesAndDescriptions) {
    Map<String, String> described = new TreeMap<>();
    for (int i = 0; i < namesAndDescriptions.length; i += 2) {
      described.put(namesAndDescriptions[i], namesAndDescriptions[i + 1]);
    }
    events.clear();
    ships.endOthers(described);
    ships.begin(described, Ship::new);
    return List.copyOf(events);
  }

  @Test
  void whatIsDescribedOtherwiseEndsBeforeAnythingBegins() {
    assertThat(described("b", "brig", "a", "ark")).containsExactly("+ark", "+brig");
    assertThat(described("a", "ark", "b", "brig")).as("as before").isEmpty();
    assertThat(described("a", "barge", "b", "brig", "c", "cog"))
        .containsExactly("-ark", "+barge", "+cog");
    assertThat(described("b", "brig")).containsExactly("-barge", "-cog");
    assertThat(ships.all()).containsExactly(new Ship("brig"));
  }

  @Test
  void thoseThatEndedAreNamed() {
    described("a", "ark", "b", "brig");
    assertThat(ships.endOthers(Map.of("a", "ark"))).containsExactly(new Ship("brig"));
    assertThat(ships.find("b")).isEmpty();
    assertThat(ships.find("a")).contains(new Ship("ark"));
  }

  @Test
  void theSameUnderAnotherNameIsAnother() {
    described("a", "ark");
    assertThat(described("b", "ark")).containsExactly("-ark", "+ark");
  }

  @Test
  void whoWaitsForOneIsToldWhenItBegins() throws Exception {
    FutureTask<Ship> waiting = new FutureTask<>(() -> ships.await("late"));
    Thread waits = Thread.ofVirtual().start(waiting);
    described("early", "ark");
    described("early", "ark", "late", "brig");
    assertThat(waiting.get()).isEqualTo(new Ship("brig"));
    waits.join();
  }

  @Test
  void whatWasEndedAltogetherBeginsNoMore() {
    described("a", "ark", "b", "brig");
    events.clear();
    ships.close();
    assertThat(events).containsExactly("-ark", "-brig");
    assertThat(described("a", "ark")).isEmpty();
    assertThat(ships.all()).isEmpty();
  }
}
