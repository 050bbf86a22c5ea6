package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out of the day.
 *
 * @param census of each site, in the sites' order
 * @param expectedDocuments how many documents were written in all
 * @param expectedConflicts how many documents both sides of a cut link had changed
 * @param firstSync documents that reached the clinics in the first replication, per second
 * @param toCentre from the acknowledgement at clinic A to the centre's feed
 * @param toClinicB from there to the other clinic's
 * @param secondsToEqual from the link's return until all sites showed the same
 */
record Outcome(
    Map<String, Census> census,
    int expectedDocuments,
    int expectedConflicts,
    double firstSync,
    Latency toCentre,
    Latency toClinicB,
    double secondsToEqual) {
  private static final int SHOWN_DIGITS = 16;

  private Census first() {
    return census.values().iterator().next();
  }

  /** Whether all databases are the same, and nothing is missing. */
  boolean converged() {
    return census.values().stream().allMatch(first()::equals)
        && first().documents() == expectedDocuments
        && first().conflicted().size() == expectedConflicts;
  }

  /** The table. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(row("documents", String.format(Locale.ROOT, "%,d", first().documents())));
    lines.add(row("attachments", String.format(Locale.ROOT, "%,d", first().attachments())));
    lines.add(row("first sync", String.format(Locale.ROOT, "%,.0f documents/s", firstSync)));
    lines.add(row("edit at clinic A -> centre", toCentre.text()));
    lines.add(row("edit at clinic A -> clinic B", toClinicB.text()));
    lines.add(
        row("link restored -> all equal", String.format(Locale.ROOT, "%.1f s", secondsToEqual)));
    lines.add(row("conflicts", String.valueOf(first().conflicted().size())));
    census.forEach(
        (site, one) ->
            lines.add(
                row("fingerprint of " + site, one.fingerprint().substring(0, SHOWN_DIGITS) + "…")));
    lines.add(row("all databases equal", converged() ? "yes" : "NO"));
    return lines;
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-30s %s", name, value);
  }
}
