package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;

/**
 * Patients who move between sites while everybody works: devices offline and online, the centre
 * meanwhile. What happened stands in a failed test's message.
 */
final class SubsetJourney {
  private static final List<String> PATIENTS = List.of("pat1", "pat2");
  private static final List<String> PLACES = List.of("p", "q", "nowhere");

  private final DocumentStore db;
  private final Subsets subsets;
  private final RandomGenerator random;

  /** Whether nobody edits what others have edited and he has not seen. */
  private final boolean calm;

  private final List<SubsetDevice> devices = new ArrayList<>();
  private final TreeMap<String, Set<RevId>> written = new TreeMap<>();
  private final Set<RevId> deletions = new HashSet<>();
  private final StringBuilder sofar = new StringBuilder();
  private int numbers;

  SubsetJourney(DocumentStore db, RandomGenerator random, boolean calm) {
    this.db = db;
    this.subsets = db.subsets();
    this.random = random;
    this.calm = calm;
    subsets.keep();
    for (String place : List.of("p", "q")) {
      SubsetDocuments site = new SubsetDocuments(db, place, subsets.feed(place));
      subsets.audiences(Map.of(Label.place(place), Audience.of(site.feed())));
      devices.add(new SubsetDevice(site));
    }
    devices.add(new SubsetDevice(devices.getFirst().centre()));
    PATIENTS.forEach(id -> inCentre(id, Optional.empty(), false, json("=p")));
  }

  private String json(String... labels) {
    return ScopedWrites.json(++numbers, labels);
  }

  void live(int days) {
    for (int day = 0; day < days; day++) {
      if (calm) {
        ScopedWrites.settle(db, 100);
      }
      switch (random.nextInt(13)) {
        case 0, 1, 2 -> move();
        case 3 -> workInCentre();
        case 4 -> subsets.step(1 + random.nextInt(3));
        case 5, 6, 7 -> workOn(devices.get(random.nextInt(devices.size())));
        case 8, 9 -> pull(devices.get(random.nextInt(devices.size())));
        case 10 -> push(devices.get(random.nextInt(devices.size())));
        default -> everyone();
      }
    }
    comeTogether();
    check();
  }

  private void pull(SubsetDevice device) {
    sofar.append(device).append(" pulls\n");
    device.pull(1 + random.nextInt(4));
  }

  private void push(SubsetDevice device) {
    sofar.append(device).append(" pushes\n");
    device.push();
  }

  /** A patient goes to another site, or to none. */
  private void move() {
    String id = PATIENTS.get(random.nextInt(PATIENTS.size()));
    String place = PLACES.get(random.nextInt(PLACES.size()));
    editInCentre(id, json("=" + place));
  }

  /** Everyone gets something, for a time. */
  private void everyone() {
    List<String> whom = List.of("*", "=p", "=q", "=nowhere");
    editInCentre("news", json(whom.get(random.nextInt(whom.size()))));
  }

  private void editInCentre(String id, String json) {
    Optional<RevId> winner = Reads.document(db, id).map(document -> document.winner().rev());
    inCentre(id, winner, false, json);
  }

  private void workInCentre() {
    List<StoredDocument> all = Reads.scan(db, DocRange.ALL);
    StoredDocument document = all.get(random.nextInt(all.size()));
    List<StoredRevision> live =
        document.revisions().stream().filter(revision -> !revision.deleted()).toList();
    if (live.isEmpty() || random.nextInt(4) == 0) {
      String patient = PATIENTS.get(random.nextInt(PATIENTS.size()));
      inCentre("obs" + ++numbers, Optional.empty(), false, json("@" + patient));
      return;
    }
    StoredRevision leaf = live.get(random.nextInt(live.size()));
    boolean delete =
        live.size() > 1
            ? random.nextBoolean()
            : !PATIENTS.contains(document.id().text()) && random.nextInt(4) == 0;
    String json = delete ? "{}" : again(leaf.body());
    inCentre(document.id().text(), Optional.of(leaf.rev()), delete, json);
  }

  /** Other content with the same labels. */
  private String again(Body body) {
    return body.toString().replaceFirst("\"n\":[0-9]+", "\"n\":" + ++numbers);
  }

  private void inCentre(String id, Optional<RevId> parent, boolean deleted, String json) {
    RevisionWrite write = ScopedWrites.edit(id, parent, deleted, json);
    Outcome outcome = db.commit(List.of(write)).getFirst();
    assertThat(outcome).isInstanceOf(Outcome.Written.class);
    note("centre", id, write.rev(), deleted, json);
  }

  private void note(String who, String id, RevId rev, boolean deleted, String json) {
    written.computeIfAbsent(id, key -> new HashSet<>()).add(rev);
    if (deleted) {
      deletions.add(rev);
    }
    sofar.append(who).append(": ").append(id).append(' ').append(rev).append(json).append('\n');
  }

  private void workOn(SubsetDevice device) {
    if (calm) {
      device.push();
      device.pullAll(3);
    }
    List<String> ids = device.ids();
    if (ids.isEmpty() || random.nextInt(4) == 0) {
      String patient = PATIENTS.get(random.nextInt(PATIENTS.size()));
      onDevice(device, "obs" + ++numbers, Optional.empty(), false, json("@" + patient));
    } else {
      String id = ids.get(random.nextInt(ids.size()));
      List<Leaf> live = device.tree(id).leaves().stream().filter(leaf -> !leaf.deleted()).toList();
      Leaf leaf = random.nextInt(4) == 0 ? live.getLast() : live.getFirst();
      boolean delete =
          live.size() > 1 ? random.nextBoolean() : !PATIENTS.contains(id) && random.nextInt(5) == 0;
      String json = delete ? "{}" : again(device.content(leaf.rev()).body());
      onDevice(device, id, Optional.of(leaf.rev()), delete, json);
    }
    if (calm) {
      device.push();
    }
  }

  private void onDevice(
      SubsetDevice device, String id, Optional<RevId> parent, boolean deleted, String json) {
    RevId rev = device.edit(id, parent, deleted, json);
    note(device.toString(), id, rev, deleted, json);
  }

  /** The water is calm: everybody sends and gets everything. */
  private void comeTogether() {
    sofar.append("all come together\n");
    for (int round = 0; round < 3; round++) {
      ScopedWrites.settle(db, 1 + random.nextInt(5));
      devices.forEach(SubsetDevice::push);
      ScopedWrites.settle(db, 100);
      devices.forEach(device -> device.pullAll(1 + random.nextInt(5)));
    }
  }

  private void check() {
    written.forEach(
        (id, revs) ->
            assertThat(Reads.tree(db, id).revisions())
                .as("%swhat was written of %s", sofar, id)
                .containsAll(revs));
    for (StoredDocument document : Reads.scan(db, DocRange.ALL)) {
      for (Leaf leaf : document.leaves()) {
        assertThat(!leaf.deleted() || deletions.contains(leaf.rev()))
            .as("%snobody deleted %s %s", sofar, document.id(), leaf)
            .isTrue();
      }
      if (calm) {
        assertThat(bodies(document)).as("%s%s", sofar, document.id()).hasSizeLessThan(2);
      }
    }
    devices.forEach(this::check);
  }

  private void check(SubsetDevice device) {
    Set<String> members = new TreeSet<>();
    subsets.members(device.centre().feed(), DocRange.ALL, id -> members.add(id.text()));
    for (String id : written.keySet()) {
      List<String> expected =
          members.contains(id) ? bodies(Reads.document(db, id).orElseThrow()) : List.of();
      assertThat(device.liveBodies(id))
          .as("%s%s on %s: %s", sofar, id, device, device.tree(id).leaves())
          .containsExactlyInAnyOrderElementsOf(expected);
      if (!expected.isEmpty()) {
        assertThat(device.winner(id))
            .as("%s%s on %s", sofar, id, device)
            .isEqualTo(shown(device.centre(), DocId.of(id)));
      }
    }
  }

  private static Body shown(SubsetDocuments site, DocId id) {
    List<StoredDocument> found = new ArrayList<>();
    site.load(List.of(id), Fields.WINNER, found::add);
    return found.getFirst().revisions().getFirst().body();
  }

  private static List<String> bodies(StoredDocument document) {
    return document.revisions().stream()
        .filter(revision -> !revision.deleted())
        .map(revision -> revision.body().toString())
        .toList();
  }
}
