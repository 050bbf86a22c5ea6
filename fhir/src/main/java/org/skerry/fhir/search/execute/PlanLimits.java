package org.skerry.fhir.search.execute;

/**
 * Which way of answering is taken when.
 *
 * @param few so few rows are read and sorted at once: that costs less than finding out about their
 *     keys
 * @param most more ids are not held in memory
 * @param ends so many of the resources at the other end of a reference are looked up one by one
 */
record PlanLimits(long few, int most, int ends) {
  /** About 5 MB at most for each condition. */
  static final PlanLimits USUAL = new PlanLimits(500, 50_000, 2_000);
}
