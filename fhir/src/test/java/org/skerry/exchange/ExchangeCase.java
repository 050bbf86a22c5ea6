package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/** Two nodes that are no replicas: a clinic, and a centre that is its partner. */
abstract class ExchangeCase {
  final Site centre = new Site();
  final Site clinic = new Site();

  @AfterEach
  void close() {
    clinic.close();
    centre.close();
  }

  static String family(String name) {
    return "\"name\":[{\"family\":\"" + name + "\"}]";
  }

  static String familyOf(Site site, String id) {
    return site.get(id).path("name").path(0).path("family").asString();
  }

  static void assertRuns(Runner runner) {
    assertThat(runner.runOnce().error()).isEmpty();
  }
}
