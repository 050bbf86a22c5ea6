package org.skerry.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What feeds show, and who waits for it. */
final class SightingsTest {
  private final Sightings sightings = new Sightings(List.of("a", "b"));

  @Test
  void aWaiterIsWokenByTheRowItWaitsFor() {
    Thread.ofVirtual().start(() -> sightings.saw("b", "x", Set.of("1-a")));
    long seen = sightings.awaitRevision("b", new Edit("a", "x", "1-a"));
    assertThat(seen).isLessThanOrEqualTo(System.nanoTime());
    assertThat(sightings.shows("b", "x")).isTrue();
    assertThat(sightings.shows("a", "x")).isFalse();
  }

  @Test
  void sitesAreEqualWhenTheyShowTheSameLeaves() {
    sightings.saw("a", "x", Set.of("2-a", "2-b"));
    sightings.saw("b", "x", Set.of("2-a"));
    Thread.ofVirtual().start(() -> sightings.saw("b", "x", Set.of("2-b", "2-a")));
    sightings.awaitEqual();
    sightings.awaitDocuments("b", 1);
  }

  @Test
  void aFeedThatBreaksIsToldToWhoeverWaits() {
    Thread.ofVirtual().start(() -> sightings.failed(new DemoException("the feed of b ended")));
    assertThatThrownBy(() -> sightings.awaitDocuments("b", 1))
        .isInstanceOf(DemoException.class)
        .hasMessage("the feed of b ended");
  }
}
