package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.document.Body;
import org.skerry.revision.RevId;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.SubsetDocuments;
import org.skerry.store.subset.Subsets;
import org.skerry.testing.Seeded;

/**
 * Sites that read while documents move: a document is read at one moment, and whether the site may
 * see it at a later one.
 */
@ExtendWith(Seeded.class)
abstract class SubsetReadersContract extends ContractCase {
  private static final int MOVES = 400;
  private static final int DOCUMENTS = 5;
  private static final List<String> WHOM = List.of("=p", "=q", "=p =q", "=nowhere", "*");

  SubsetReadersContract(Callable<Store> opener) {
    super(opener);
  }

  private SubsetDevice device(String name) {
    Subsets subsets = db.subsets();
    subsets.keep();
    int feed = subsets.feed(name);
    subsets.audiences(Map.of(Label.place(name), Audience.of(feed)));
    return new SubsetDevice(new SubsetDocuments(db, name, feed));
  }

  @Test
  void whoReadsWhileDocumentsMoveMissesNothingAndSeesNothingElse(SplittableRandom random)
      throws Exception {
    List<SubsetDevice> devices = List.of(device("p"), device("q"), device("p"), device("q"));
    ScopedWrites.settle(db, 100);
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (SubsetDevice device : devices) {
      int limit = 1 + random.nextInt(4);
      readers.add(
          // Not virtual: who reads without waiting for anything would keep the writer's from
          // running.
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      while (!over.get()) {
                        device.pull(limit);
                      }
                    } catch (RuntimeException | AssertionError e) {
                      failure.set(e);
                    }
                  }));
    }
    move(random);
    over.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(failure.get()).isNull();
    ScopedWrites.settle(db, 100);
    devices.forEach(this::check);
  }

  private void move(SplittableRandom random) {
    Map<String, RevId> last = new HashMap<>();
    for (int i = 0; i < MOVES; i++) {
      String patient = "d" + random.nextInt(DOCUMENTS);
      boolean follows = random.nextInt(3) == 0;
      String id = follows ? "of-" + patient : patient;
      String labels = follows ? "@" + patient : WHOM.get(random.nextInt(WHOM.size()));
      RevisionWrite write =
          ScopedWrites.edit(
              id, Optional.ofNullable(last.get(id)), false, ScopedWrites.json(i, labels));
      written(write);
      last.put(id, write.rev());
      if (random.nextInt(3) == 0) {
        db.subsets().step(1 + random.nextInt(3));
      }
    }
  }

  private void check(SubsetDevice device) {
    device.pullAll(3);
    List<String> expected = new ArrayList<>();
    device
        .centre()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                expected.add(document.id().text());
                assertThat(device.winner(document.id().text()))
                    .isEqualTo(document.revisions().getFirst().body());
              }
              return true;
            });
    assertThat(device.ids()).isEqualTo(expected);
    String site = "=" + device.centre().site();
    assertThat(device.bodies())
        .map(Body::toString)
        .allMatch(
            body ->
                body.contains(site)
                    || body.contains("\"*\"")
                    || body.contains("@")
                    || body.equals("{}"));
  }
}
