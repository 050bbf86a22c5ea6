package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skerry.revision.RevId;

/** Writes of several documents that are all written or none, of engines that have them. */
abstract class TogetherContract extends ContractCase {
  TogetherContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void allAreWritten() {
    assertThat(store.capabilities().atomicBatches()).isTrue();
    RevId first = create("a", "{\"v\":1}");
    Together result =
        db.commitTogether(
            List.of(
                Writes.edit("a", first, "{\"v\":2}"),
                Writes.create("b", "{}"),
                merge("c", "3-c", "2-b")));
    assertThat(((Together.Committed) result).outcomes())
        .allMatch(Outcome.Written.class::isInstance)
        .hasSize(3);
    assertThat(Reads.leaves(db, "a").getFirst()).startsWith("2-");
    assertThat(Reads.document(db, "b")).isPresent();
    assertThat(Reads.leaves(db, "c")).containsExactly("3-c");
  }

  private static RevisionWrite merge(String id, String... path) {
    return Writes.merge(id, path);
  }

  @Test
  void oneThatIsStaleKeepsTheOthersOut() {
    RevId first = create("a", "{\"v\":1}");
    RevId second = edit("a", first, "{\"v\":2}");
    Seq before = db.now();
    Together result =
        db.commitTogether(
            List.of(
                Writes.create("b", "{}"),
                Writes.edit("a", first, "{\"v\":3}"),
                merge("c", "1-c"),
                Writes.create("a", "{}")));
    assertThat(result)
        .isInstanceOfSatisfying(
            Together.Refused.class,
            refused -> {
              assertThat(refused.index()).isEqualTo(1);
              assertThat(refused.stale().leaves().getFirst().rev()).isEqualTo(second);
            });
    assertThat(db.now()).isEqualTo(before);
    assertThat(Reads.document(db, "b")).isEmpty();
    assertThat(Reads.document(db, "c")).isEmpty();
    // What was refused left nothing behind that disturbs the next write.
    assertThat(db.commitTogether(List.of(Writes.create("b", "{}"), merge("c", "1-c"))))
        .isInstanceOf(Together.Committed.class);
  }

  @Test
  void nobodySeesSomeOfThem() throws Exception {
    int documents = 20;
    int rounds = 30;
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger torn = new AtomicInteger();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!ended.get()) {
                    List<Integer> generations = new ArrayList<>();
                    db.scan(
                        DocRange.ALL,
                        Fields.LEAVES,
                        document -> {
                          generations.add(document.winner().rev().generation());
                          return true;
                        });
                    if (generations.stream().distinct().count() > 1
                        || !generations.isEmpty() && generations.size() < documents) {
                      torn.incrementAndGet();
                    }
                    Thread.yield();
                  }
                });
    List<Optional<RevId>> parents = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      parents.add(Optional.empty());
    }
    for (int round = 0; round < rounds; round++) {
      List<RevisionWrite> batch = new ArrayList<>();
      for (int i = 0; i < documents; i++) {
        String json = "{\"round\":" + round + "}";
        batch.add(Writes.edit("d" + i, parents.get(i), false, json, List.of()));
        parents.set(i, Optional.of(batch.getLast().rev()));
      }
      assertThat(db.commitTogether(batch)).isInstanceOf(Together.Committed.class);
    }
    ended.set(true);
    reader.join();
    assertThat(torn).hasValue(0);
  }
}
