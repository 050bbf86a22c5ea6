package org.skerry.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.document.Body;
import org.skerry.revision.RevPath;
import org.skerry.testing.Seeded;

/** Documents in the order of their ids' bytes, whatever the ids. */
@ExtendWith(Seeded.class)
abstract class ScanContract extends ContractCase {
  /** In the order of their UTF-8, which is neither that of Java's strings nor that of people. */
  private static final List<String> ODD =
      List.of(
          "\0",
          "\0\0",
          "\0a",
          "\u0001",
          " ",
          "..",
          "A",
          "_design/",
          "_design/\0",
          "_design/x",
          "_design/x/y",
          "a",
          "a\0",
          "a\0\0",
          "a\0b",
          "a\u0001",
          "a/b",
          "aa",
          "a\u007f",
          "a\u00ff",
          "a\uffff",
          "a😀",
          "b",
          "é",
          "\ue000",
          "\uffff",
          "\uffff\uffff",
          "\ud800\udc00",
          "😀",
          "\udbff\udfff",
          "\udbff\udfff\udbff\udfff");

  ScanContract(Callable<Store> opener) {
    super(opener);
  }

  private static final List<String> IDS =
      ODD.stream().filter(id -> !id.equals("_design/")).toList();

  private void createAll() {
    List<String> shuffled = new ArrayList<>(IDS);
    Collections.reverse(shuffled);
    Collections.rotate(shuffled, 7);
    db.commit(shuffled.stream().<RevisionWrite>map(id -> Writes.create(id, "{}")).toList());
  }

  private List<String> scan(String from, String to, boolean includeTo, boolean descending) {
    return Reads.ids(
        Reads.scan(
            db,
            new DocRange(
                Optional.ofNullable(from), Optional.ofNullable(to), includeTo, descending)));
  }

  /** The same by comparing every id. */
  private static List<String> model(String from, String to, boolean includeTo, boolean descending) {
    List<String> found =
        new ArrayList<>(
            IDS.stream()
                .filter(id -> from == null || order(id, from) >= 0)
                .filter(id -> to == null || order(id, to) < (includeTo ? 1 : 0))
                .toList());
    if (descending) {
      Collections.reverse(found);
    }
    return found;
  }

  private static int order(String one, String other) {
    return Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  @Test
  void everyIdStandsInTheOrderOfItsBytes() {
    createAll();
    assertThat(Reads.ids(Reads.scan(db, DocRange.ALL))).containsExactlyElementsOf(IDS);
    assertThat(scan(null, null, true, true)).containsExactlyElementsOf(IDS.reversed());
    assertThat(IDS).isSortedAccordingTo(ScanContract::order);
  }

  @Test
  void everyIdIsItsOwn() {
    createAll();
    for (String id : IDS) {
      assertThat(Reads.ids(Reads.load(db, Fields.LEAVES, id))).containsExactly(id);
      assertThat(scan(id, id, true, false)).containsExactly(id);
      assertThat(scan(id, id, true, true)).containsExactly(id);
      assertThat(scan(id, id, false, false)).isEmpty();
    }
  }

  @Test
  void boundsNeedNotBeIds() {
    createAll();
    assertThat(scan("_", "`", true, false)).containsExactlyElementsOf(model("_", "`", true, false));
    assertThat(scan("_design/", "_design0", false, false))
        .containsExactly("_design/\0", "_design/x", "_design/x/y");
    assertThat(scan("", null, true, false)).containsExactlyElementsOf(IDS);
    assertThat(scan("a", "a\ufff0", true, false))
        .containsExactlyElementsOf(model("a", "a\ufff0", true, false));
    assertThat(scan("b", "a", true, false)).isEmpty();
    assertThat(scan("b", "a", true, true)).isEmpty();
    assertThat(scan(null, "", true, false)).isEmpty();
  }

  @Test
  void anyRangeIsWhatComparingEveryIdGives(SplittableRandom random) {
    createAll();
    List<String> bounds = new ArrayList<>(ODD);
    bounds.addAll(List.of("", "_", "a/", "aaa", "\ufff0", "zz", "\0\0\0"));
    for (int i = 0; i < 500; i++) {
      String from = random.nextInt(4) == 0 ? null : bounds.get(random.nextInt(bounds.size()));
      String to = random.nextInt(4) == 0 ? null : bounds.get(random.nextInt(bounds.size()));
      boolean includeTo = random.nextBoolean();
      boolean descending = random.nextBoolean();
      assertThat(scan(from, to, includeTo, descending))
          .as("from %s to %s, %s, %s", from, to, includeTo, descending)
          .isEqualTo(model(from, to, includeTo, descending));
    }
  }

  /** Some bodies are large, some documents have many leaves, and most were written in no order. */
  @Test
  void aScanGivesWhatEachDocumentGives(SplittableRandom random) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add("doc-" + random.nextInt(1_000_000));
    }
    for (String id : ids) {
      int leaves = random.nextInt(10) == 0 ? 1 + random.nextInt(40) : 1;
      for (int leaf = 0; leaf < leaves; leaf++) {
        RevPath path = Writes.path("1-%032x".formatted(leaf));
        Body body = Body.parse(large(random));
        db.commit(List.of(new RevisionWrite.Merge(Writes.id(id), path, false, body, List.of())));
      }
      if (random.nextInt(8) == 0) {
        written(Writes.delete(id, Reads.winner(db, id).rev()));
      }
    }
    List<String> sorted = ids.stream().distinct().sorted().toList();
    for (Fields.Bodies bodies : Fields.Bodies.values()) {
      Fields fields = new Fields(random.nextBoolean(), bodies);
      List<StoredDocument> expected = Reads.load(db, fields, sorted.toArray(String[]::new));
      List<StoredDocument> found = new ArrayList<>();
      db.scan(DocRange.ALL, fields, found::add);
      assertThat(found.equals(expected)).as("what the scan gives with %s", fields).isTrue();
    }
  }

  /** Of which each packs badly; one of ten is longer than what is read at once. */
  private static String large(SplittableRandom random) {
    byte[] noise = new byte[random.nextInt(10) == 0 ? 20_000 : random.nextInt(600)];
    random.nextBytes(noise);
    return "{\"noise\":\"" + HexFormat.of().formatHex(noise) + "\"}";
  }

  @Test
  void tombstonesBelongToTheScan() {
    written(Writes.delete("a", create("a", "{}")));
    create("b", "{}");
    List<StoredDocument> found = Reads.scan(db, DocRange.ALL);
    assertThat(Reads.ids(found)).containsExactly("a", "b");
    assertThat(found).extracting(StoredDocument::deleted).containsExactly(true, false);
  }

  @Test
  void aVisitorThatHasEnoughEndsTheScan() {
    createAll();
    List<StoredDocument> seen = new ArrayList<>();
    db.scan(
        DocRange.ALL,
        Fields.LEAVES,
        document -> {
          seen.add(document);
          return seen.size() < 3;
        });
    assertThat(Reads.ids(seen)).containsExactlyElementsOf(IDS.subList(0, 3));
  }

  @Test
  void longIdsAreIds() {
    String longest = "x".repeat(8_192);
    String sibling = "x".repeat(8_191) + "y";
    String parent = "x".repeat(8_191);
    Stream.of(longest, sibling, parent).forEach(id -> create(id, "{}"));
    assertThat(Reads.ids(Reads.scan(db, DocRange.ALL))).containsExactly(parent, longest, sibling);
  }

  @Test
  void databasesDoNotSeeEachOther() {
    DocumentStore other = store.create("db2").orElseThrow();
    create("a", "{\"in\":1}");
    other.commit(List.of(Writes.create("a", "{\"in\":2}"), Writes.create("b", "{}")));
    assertThat(Reads.ids(Reads.scan(db, DocRange.ALL))).containsExactly("a");
    assertThat(Reads.ids(Reads.scan(other, DocRange.ALL))).containsExactly("a", "b");
    assertThat(Reads.ids(Reads.changes(db, Seq.ZERO))).containsExactly("a");
    assertThat(Reads.document(db, "a").orElseThrow().revisions().getFirst().body())
        .hasToString("{\"in\":1}");
  }
}
