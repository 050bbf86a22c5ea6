package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Measures how long an edit at clinic A takes to be seen elsewhere: from the acknowledgement of the
 * write to the row in the other site's continuous feed. One edit at a time.
 */
final class LiveEdits {
  private static final int DOCUMENTS = 20;
  private static final int EDITS = 300;
  private static final int NORMAL = 365; // tenths of degrees
  private static final int SPREAD = 40;

  private final Archipelago archipelago;
  private final Latency toCentre = new Latency();
  private final Latency toClinicB = new Latency();

  LiveEdits(Archipelago archipelago) {
    this.archipelago = archipelago;
  }

  /** Writes new observations, which are not measured, and edits them, which is. */
  void run(String patient) {
    Registry desk = new Registry(archipelago.clinicA(), Archipelago.DATABASE);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String id = "Observation/" + UUID.randomUUID();
      Edit edit = desk.measure(id, patient, NORMAL, "");
      archipelago.sightings().awaitRevision(archipelago.clinicB().name(), edit);
      edits.add(edit);
    }
    for (int i = 0; i < EDITS; i++) {
      Edit last = edits.get(i % DOCUMENTS);
      Edit edit = desk.measure(last.id(), patient, NORMAL + i % SPREAD, last.rev());
      long acknowledged = System.nanoTime();
      toCentre.add(acknowledged, seen(archipelago.centre(), edit));
      toClinicB.add(acknowledged, seen(archipelago.clinicB(), edit));
      edits.set(i % DOCUMENTS, edit);
    }
  }

  private long seen(Site site, Edit edit) {
    return archipelago.sightings().awaitRevision(site.name(), edit);
  }

  /** How many new documents there are. */
  int documents() {
    return DOCUMENTS;
  }

  int edits() {
    return EDITS;
  }

  Latency toCentre() {
    return toCentre;
  }

  Latency toClinicB() {
    return toClinicB;
  }
}
