package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.Outcome;
import org.skerry.store.PurgeRequest;
import org.skerry.store.Reads;
import org.skerry.store.RevisionQuery;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Store;
import org.skerry.testing.Seeded;

/**
 * The reference engine and this one get the same writes and must answer the same: above all where
 * histories are long, and this one keeps them in parts.
 */
@ExtendWith(Seeded.class)
class EngineDuelTest {
  private static final List<String> IDS = List.of("a", "b", "c");

  @TempDir Path temporary;

  /** Every path that was ever sent, in full: what other replicas may know. */
  private final List<RevPath> universe = new ArrayList<>();

  private DocumentStore reference;
  private DocumentStore rocks;

  @RepeatedTest(4)
  void bothAnswerTheSame(SplittableRandom random) {
    Path folder = temporary.resolve("store");
    try (Store memory = new MemoryStore()) {
      Store store = RocksStore.open(folder);
      reference = memory.create("db").orElseThrow();
      rocks = store.create("db").orElseThrow();
      for (int step = 0; step < 250; step++) {
        List<RevisionWrite> batch = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          batch.add(write(random));
        }
        List<Outcome> expected = reference.commit(batch);
        assertThat(rocks.commit(batch)).as("step %d: %s", step, batch).isEqualTo(expected);
        if (random.nextInt(20) == 0) {
          compare();
        }
        if (random.nextInt(25) == 0) {
          List<PurgeRequest> purge = List.of(purge(random));
          assertThat(rocks.purge(purge))
              .as("step %d: %s", step, purge)
              .isEqualTo(reference.purge(purge));
        }
        if (random.nextInt(60) == 0) {
          rocks.compact((done, total) -> true);
          reference.compact((done, total) -> true);
        }
        if (random.nextInt(100) == 0) {
          store.close();
          store = RocksStore.open(folder);
          rocks = store.find("db").orElseThrow();
        }
      }
      compare();
      store.close();
    }
  }

  private void compare() {
    assertThat(Reads.scan(rocks, DocRange.ALL)).isEqualTo(Reads.scan(reference, DocRange.ALL));
    assertThat(Reads.changes(rocks, Seq.ZERO)).isEqualTo(Reads.changes(reference, Seq.ZERO));
    assertThat(rocks.totals()).isEqualTo(reference.totals());
    List<RevId> all = universe.stream().map(RevPath::newest).distinct().toList();
    List<RevisionQuery> queries =
        IDS.stream().map(id -> new RevisionQuery(DocId.of(id), all)).toList();
    assertThat(missing(rocks, queries)).isEqualTo(missing(reference, queries));
  }

  private static List<String> missing(DocumentStore store, List<RevisionQuery> queries) {
    List<String> found = new ArrayList<>();
    store.missing(
        queries, (id, missing, ancestors) -> found.add(id + " " + missing + " " + ancestors));
    return found;
  }

  private RevisionWrite write(SplittableRandom random) {
    DocId id = DocId.of(IDS.get(random.nextInt(IDS.size())));
    boolean deleted = random.nextInt(8) == 0;
    Body body = Body.parse("{\"n\":" + random.nextInt(1_000) + "}");
    List<Leaf> leaves = new ArrayList<>();
    reference.load(List.of(id), Reads.ALL, document -> leaves.addAll(document.leaves()));
    if (random.nextInt(3) == 0 && !leaves.isEmpty()) {
      RevId parent = leaves.get(random.nextInt(leaves.size())).rev();
      RevId rev = fresh(random, parent.generation() + 1);
      return new RevisionWrite.Edit(id, Optional.of(parent), rev, deleted, body, List.of());
    }
    RevPath path = random.nextInt(6) == 0 && !universe.isEmpty() ? known(random) : grown(random);
    RevPath sent = path.truncate(random.nextInt(3) == 0 ? random.nextInt(1, 6) : 1_000);
    return new RevisionWrite.Merge(id, sent, deleted, body, List.of());
  }

  private PurgeRequest purge(SplittableRandom random) {
    DocId id = DocId.of(IDS.get(random.nextInt(IDS.size())));
    List<RevId> revs = new ArrayList<>();
    reference.load(
        List.of(id),
        Reads.ALL,
        document ->
            revs.addAll(
                document.leaves().stream()
                    .map(Leaf::rev)
                    .filter(rev -> random.nextInt(3) > 0)
                    .toList()));
    return new PurgeRequest(id, revs);
  }

  private RevPath known(SplittableRandom random) {
    return universe.get(random.nextInt(universe.size()));
  }

  /** A path that grows from one that is known, mostly from its end, by one or by many revisions. */
  private RevPath grown(SplittableRandom random) {
    List<RevId> revisions = new ArrayList<>();
    if (!universe.isEmpty() && random.nextInt(12) != 0) {
      List<RevId> from =
          random.nextInt(4) == 0 ? known(random).revisions() : universe.getLast().revisions();
      int at = random.nextInt(4) == 0 ? random.nextInt(from.size()) : 0;
      revisions.addAll(from.subList(at, from.size()));
    }
    for (int more = random.nextInt(3) == 0 ? random.nextInt(1, 30) : 1; more > 0; more--) {
      int generation = revisions.isEmpty() ? 1 : revisions.getFirst().generation() + 1;
      revisions.addFirst(fresh(random, generation));
    }
    RevPath path = new RevPath(revisions);
    universe.add(path);
    return path;
  }

  private static RevId fresh(SplittableRandom random, int generation) {
    byte[] hash = new byte[16];
    random.nextBytes(hash);
    return RevId.of(generation, hash);
  }
}
