package org.skerry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocRange;
import org.skerry.store.MemoryStore;
import org.skerry.store.Reads;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/** The laws that a database keeps whatever happens, each over many seeds. */
class DatabaseLawsTest {
  private static final int SEEDS = Integer.getInteger("skerry.seeds", 200);
  private static final int STEPS = 150;

  /** All seeds, or the one that {@code -Dskerry.seed} names. */
  static List<Arguments> seeds() {
    Long only = Long.getLong("skerry.seed");
    List<Arguments> seeds = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      seeds.add(Arguments.of(only == null ? seed : only));
    }
    return only == null ? seeds : seeds.subList(0, 1);
  }

  @ParameterizedTest(name = "-Dskerry.seed={0}")
  @MethodSource("seeds")
  void nothingAcknowledgedIsLostAndNoFeedSkips(long seed) throws Exception {
    new DatabaseStory(seed).run(STEPS);
  }

  @ParameterizedTest(name = "-Dskerry.seed={0}")
  @MethodSource("seeds")
  void replicasThatHoldTheSameRevisionsAnswerAlike(long seed) {
    Random random = new Random(seed);
    List<ForeignRevision> revisions = revisions(random);
    MemoryStore node = new MemoryStore();
    Databases databases = new Databases(node);
    List<List<StoredDocument>> answers = new ArrayList<>();
    for (int replica = 0; replica < 3; replica++) {
      Collections.shuffle(revisions, random);
      Database database = databases.create("replica" + replica).orElseThrow();
      int at = 0;
      while (at < revisions.size()) {
        int to = Math.min(revisions.size(), at + 1 + random.nextInt(7));
        database.merge(revisions.subList(at, to));
        at = to - random.nextInt(to - at);
        if (random.nextInt(10) == 0) {
          database.store().compact((done, total) -> true);
        }
      }
      answers.add(answers(database));
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(2)).isEqualTo(answers.get(0));
  }

  /** Trees of a few documents, revision by revision, each with a part of its branch. */
  private static List<ForeignRevision> revisions(Random random) {
    List<ForeignRevision> revisions = new ArrayList<>();
    for (int doc = 0; doc < 3; doc++) {
      List<RevPath> paths = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        RevPath path;
        if (paths.isEmpty() || random.nextInt(6) == 0) {
          path = RevPath.of(RevId.of(1, "root" + i));
        } else {
          RevPath parent = paths.get(random.nextInt(paths.size()));
          List<RevId> longer = new ArrayList<>(parent.revisions());
          longer.addFirst(RevId.of(longer.getFirst().generation() + 1, "r" + i));
          path = new RevPath(longer);
        }
        paths.add(path);
        revisions.add(
            new ForeignRevision(
                DocId.of("doc" + doc),
                path,
                random.nextInt(5) == 0,
                Body.parse("{\"rev\":\"" + path.newest() + "\"}"),
                List.of()));
      }
    }
    return revisions;
  }

  /** What a reader sees, without the order in which it came. */
  private static List<StoredDocument> answers(Database database) {
    return Reads.scan(database.store(), DocRange.ALL).stream()
        .map(
            document ->
                new StoredDocument(
                    document.id(),
                    Seq.ZERO,
                    document.leaves(),
                    document.tree(),
                    document.revisions()))
        .toList();
  }
}
