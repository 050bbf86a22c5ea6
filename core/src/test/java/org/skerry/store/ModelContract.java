package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.testing.Seeded;

/** Whatever is written, the engine answers as the reference does. */
@ExtendWith(Seeded.class)
abstract class ModelContract extends ContractCase {
  private static final int STORIES = 6;
  private static final int STEPS = 60;

  ModelContract(Callable<Store> opener) {
    super(opener);
  }

  @Test
  void theEngineAnswersAsTheReferenceDoes(SplittableRandom random) {
    for (int story = 0; story < STORIES; story++) {
      try (MemoryStore reference = new MemoryStore()) {
        DocumentStore model = reference.create("model").orElseThrow();
        new Story(model, store.create("story" + story).orElseThrow(), random).tell();
      }
    }
  }

  /**
   * One reference and one engine that live through the same; what they did stands in a failed
   * test's message.
   */
  private static final class Story {
    private final DocumentStore model;
    private final DocumentStore engine;
    private final SplittableRandom random;
    private final RandomWrites writes;
    private final List<Seq> ofModel = new ArrayList<>(List.of(Seq.ZERO));
    private final List<Seq> ofEngine = new ArrayList<>(List.of(Seq.ZERO));
    private final StringBuilder sofar = new StringBuilder();

    Story(DocumentStore model, DocumentStore engine, SplittableRandom random) {
      this.model = model;
      this.engine = engine;
      this.random = random;
      this.writes = new RandomWrites(random, model);
    }

    void tell() {
      for (int step = 0; step < STEPS; step++) {
        step();
        assertSameDocuments();
        assertSameFeed(random.nextInt(ofModel.size()));
        ofModel.add(model.now());
        ofEngine.add(engine.now());
      }
    }

    private void step() {
      switch (random.nextInt(20)) {
        case 0 -> {
          sofar.append("compact\n");
          model.compact((done, total) -> true);
          engine.compact((done, total) -> true);
        }
        case 1 -> {
          // Never a higher one: how much of what was forgotten comes back is an engine's own
          // affair.
          int limit = Math.min(model.revsLimit(), List.of(2, 5, 20, 70).get(random.nextInt(4)));
          sofar.append("limit ").append(limit).append('\n');
          model.revsLimit(limit);
          engine.revsLimit(limit);
        }
        case 2 -> {
          PurgeRequest request = writes.purge();
          sofar.append("purge ").append(request).append('\n');
          assertThat(engine.purge(List.of(request)))
              .as("%s", sofar)
              .isEqualTo(model.purge(List.of(request)));
        }
        default -> {
          List<RevisionWrite> batch = writes.batch();
          sofar.append("commit\n");
          batch.forEach(write -> sofar.append("  ").append(write).append('\n'));
          List<Object> expected = withoutPositions(model.commit(batch));
          assertThat(withoutPositions(engine.commit(batch))).as("%s", sofar).isEqualTo(expected);
        }
      }
    }

    /** Positions are the engine's own; everything else must be equal. */
    private static List<Object> withoutPositions(List<Outcome> outcomes) {
      List<Object> all = new ArrayList<>();
      for (Outcome outcome : outcomes) {
        all.add(
            switch (outcome) {
              case Outcome.Written written -> "written";
              case Outcome.Present present -> "present";
              case Outcome.Stale stale -> stale.leaves();
            });
      }
      return all;
    }

    private void assertSameDocuments() {
      assertThat(engine.totals()).as("%s", sofar).isEqualTo(model.totals());
      for (String id : RandomWrites.ids()) {
        var expected = Reads.document(model, id);
        var found = Reads.document(engine, id);
        assertThat(found.map(StoredDocument::leaves))
            .as("%s", sofar)
            .isEqualTo(expected.map(StoredDocument::leaves));
        assertThat(found.map(StoredDocument::revisions))
            .as("%s", sofar)
            .isEqualTo(expected.map(StoredDocument::revisions));
        assertSameHistory(id);
      }
    }

    /**
     * Once there is a limit, an engine may be slower to forget than the reference, and never
     * faster.
     */
    private void assertSameHistory(String id) {
      boolean limited = model.revsLimit() < 1_000;
      RevTree expected = Reads.tree(model, id).stem(model.revsLimit());
      RevTree tree = Reads.tree(engine, id);
      assertThat(limited ? tree.union(expected) : expected).as("%s", sofar).isEqualTo(tree);
      for (RevId rev : expected.revisions().stream().limit(20).toList()) {
        Optional<String> body = Reads.body(model, id, rev);
        if (body.isPresent() || !limited) {
          assertThat(Reads.body(engine, id, rev))
              .as("%s%s %s in %s", sofar, id, rev, expected)
              .isEqualTo(body);
        }
      }
    }

    private void assertSameFeed(int since) {
      assertThat(Reads.ids(Reads.changes(engine, ofEngine.get(since))))
          .as("%s", sofar)
          .isEqualTo(Reads.ids(Reads.changes(model, ofModel.get(since))));
      assertThat(engine.pending(ofEngine.get(since))).isEqualTo(model.pending(ofModel.get(since)));
    }
  }
}
