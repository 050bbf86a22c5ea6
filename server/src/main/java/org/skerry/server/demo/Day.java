package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.server.demo.Loader.Loaded;

/** Plays a day on the islands, step by step, and says what came out. */
final class Day {
  private static final List<String> FAMILIES =
      List.of("Okafor", "Lindqvist", "Rahman", "Castillo", "Nakamura", "Mensah", "Novak", "Haddad");

  /** Enough to see that the pauses between them grow. */
  private static final int ATTEMPTS = 6;

  private final Archipelago archipelago;
  private final Narrator narrator;
  private final Registry centre;
  private final Registry clinicA;
  private int registered;

  Day(Archipelago archipelago, Narrator narrator) {
    this.archipelago = archipelago;
    this.narrator = narrator;
    this.centre = new Registry(archipelago.centre(), Archipelago.DATABASE);
    this.clinicA = new Registry(archipelago.clinicA(), Archipelago.DATABASE);
  }

  Outcome play() {
    Loaded loaded = load();
    double firstSync = firstSync(loaded.documents());
    String patient = loaded.patients().getFirst();
    LiveEdits live = live(patient);
    double secondsToEqual = cutAndRestore(patient);
    narrator.say("counting each database anew");
    Map<String, Census> census = new LinkedHashMap<>();
    for (Site site : archipelago.sites()) {
      census.put(site.name(), Census.of(site.client(), Archipelago.DATABASE));
    }
    show(census.values().iterator().next().conflicted());
    return new Outcome(
        census,
        loaded.documents() + live.documents() + registered,
        1,
        firstSync,
        live.toCentre(),
        live.toClinicB(),
        secondsToEqual);
  }

  private Loaded load() {
    narrator.say("the centre loads the FHIR bundles");
    double begin = narrator.seconds();
    Loaded loaded =
        new Loader(archipelago.centre().client(), Archipelago.DATABASE).load(new Bundles());
    narrator.say(
        "%,d resources are documents, with %,d attachments, after %.1f s",
        loaded.documents(), loaded.attachments(), narrator.seconds() - begin);
    return loaded;
  }

  /** Documents per second, of both clinics together. */
  private double firstSync(int documents) {
    narrator.say("both clinics begin to replicate with the centre, in both directions");
    double begin = narrator.seconds();
    archipelago.replicate();
    archipelago.sightings().awaitDocuments(archipelago.clinicA().name(), documents);
    archipelago.sightings().awaitDocuments(archipelago.clinicB().name(), documents);
    double seconds = narrator.seconds() - begin;
    narrator.say("both have all of it, after %.1f s", seconds);
    return 2 * documents / seconds;
  }

  private LiveEdits live(String patient) {
    LiveEdits live = new LiveEdits(archipelago);
    narrator.say("clinic A edits observations %d times; the others watch", live.edits());
    live.run(patient);
    narrator.say("seen at the centre: %s", live.toCentre().text());
    return live;
  }

  /** The storm. Returns the seconds from the link's return until all sites are equal. */
  private double cutAndRestore(String patient) {
    narrator.say("the storm: the link of clinic A is cut");
    archipelago.linkOfA().cut();
    List<Edit> atCentre = register(centre, 8);
    atCentre.add(centre.move(patient, "Port Antonio", "555-0100"));
    List<Edit> atClinic = register(clinicA, 12);
    atClinic.add(clinicA.move(patient, "Morant Bay", "555-0199"));
    narrator.say(
        "meanwhile %d patients are registered at the centre and %d at clinic A, and both change %s",
        atCentre.size() - 1, atClinic.size() - 1, patient);
    atCentre.forEach(edit -> seen(archipelago.clinicB(), edit));
    if (shown(archipelago.clinicA(), atCentre) + shown(archipelago.centre(), atClinic) > 0) {
      throw new DemoException("what was written behind the cut link came through it");
    }
    archipelago.linkOfA().awaitRefused(ATTEMPTS);
    narrator.say(
        "clinic B has what the centre has; clinic A works alone, and tried %d times to get through",
        ATTEMPTS);
    double begin = narrator.seconds();
    archipelago.linkOfA().restore();
    narrator.say("the link is back");
    for (Site site : archipelago.sites()) {
      atCentre.forEach(edit -> seen(site, edit));
      atClinic.forEach(edit -> seen(site, edit));
    }
    archipelago.sightings().awaitEqual();
    double seconds = narrator.seconds() - begin;
    narrator.say("all three show the same, %.1f s after the link came back", seconds);
    return seconds;
  }

  private List<Edit> register(Registry desk, int patients) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < patients; i++) {
      String family = FAMILIES.get(registered % FAMILIES.size());
      edits.add(desk.register(family, "Baby " + (i + 1), "2026-01-" + (10 + i)));
      registered++;
    }
    return edits;
  }

  private void seen(Site site, Edit edit) {
    archipelago.sightings().awaitRevision(site.name(), edit);
  }

  /** How many of the new documents a site shows; a document that both changed is not new. */
  private long shown(Site site, List<Edit> edits) {
    return edits.subList(0, edits.size() - 1).stream()
        .filter(edit -> archipelago.sightings().shows(site.name(), edit.id()))
        .count();
  }

  private void show(List<String> conflicted) {
    for (String id : conflicted) {
      narrator.line("  Conflict of " + id + ": no version is lost");
      Conflicts.versions(archipelago.clinicB().client(), Archipelago.DATABASE, id)
          .forEach(line -> narrator.line("    " + line));
    }
  }
}
