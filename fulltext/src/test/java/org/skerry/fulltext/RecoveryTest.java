package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.database.Databases;
import org.skerry.testing.Seeded;

/** What is left of an index after a crash, or after its files were harmed. */
class RecoveryTest extends SearchCase {
  private void writeMany(int from, int to) {
    for (int i = from; i < to; i++) {
      put("d" + i, "{\"default\":\"word" + i + " all\",\"Nsize\":" + i + "}");
    }
  }

  @Test
  void anIndexGoesOnWhereItWas() {
    writeMany(0, 50);
    assertThat(found("all")).hasSize(50);
    restart();
    assertThat(functions.runs.get()).isEqualTo(50);
    assertThat(found("Nsize:[10 TO 19]")).as("types are known again").hasSize(10);
    assertThat(functions.runs.get()).as("nothing is done twice").isEqualTo(50);
    writeMany(50, 60);
    assertThat(found("all")).hasSize(60);
    assertThat(functions.runs.get()).isEqualTo(60);
  }

  /** A copy of the files while the index is open is what a crash leaves. */
  @Test
  void afterACrashAnIndexGoesOnFromItsLastCommit() throws IOException {
    writeMany(0, 30);
    assertThat(found("all")).hasSize(30);
    restart();
    writeMany(30, 40);
    delete("d0");
    put("d1", "{\"default\":\"changed\"}");
    assertThat(found("all")).hasSize(38);
    Path crashed = folder.resolveSibling("crashed");
    copy(folder, crashed);
    fullText.close();
    long before = functions.runs.get();
    fullText = start(databases, crashed, functions, new FullTextSettings(2, 4, 60_000));
    assertThat(found("all")).hasSize(38);
    assertThat(found("changed")).containsExactly("d1");
    assertThat(functions.runs.get() - before).as("what was not committed").isBetween(1L, 11L);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (!path.getFileName().toString().equals("write.lock")) {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @RepeatedTest(12)
  @ExtendWith(Seeded.class)
  void anIndexWithHarmedFilesIsSoundOrMadeAnew(SplittableRandom random) throws IOException {
    writeMany(0, 40);
    assertThat(found("all")).hasSize(40);
    fullText.close();
    List<Path> files;
    try (Stream<Path> all = Files.list(indexFolder())) {
      files = all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    switch (random.nextInt(3)) {
      case 0 -> Files.delete(file);
      case 1 -> truncate(file, random);
      default -> Files.write(file, "nonsense".repeat(20).getBytes());
    }
    fullText = start(new FullTextSettings(2, 4, 60_000));
    assertThat(found("all")).as("%s was harmed", file.getFileName()).hasSize(40);
    writeMany(40, 45);
    assertThat(found("all")).hasSize(45);
    restart();
    assertThat(found("Nsize:[0 TO 4]")).hasSize(5);
  }

  private static void truncate(Path file, SplittableRandom random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(Math.max(1, bytes.length))));
  }

  @Test
  void anIndexThatIsHarmedWhileItIsOpenComesBack() throws IOException {
    writeMany(0, 20);
    assertThat(found("all")).hasSize(20);
    restart();
    assertThat(found("all")).hasSize(20);
    try (Stream<Path> all = Files.list(indexFolder())) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    writeMany(20, 25);
    for (int tries = 0; tries < 3; tries++) {
      restart();
      assertThat(found("all")).hasSize(25);
    }
  }

  @Test
  void anIndexAheadOfItsDatabaseIsMadeAnew() throws IOException {
    writeMany(0, 20);
    assertThat(found("all")).hasSize(20);
    fullText.close();
    Path old = folder.resolveSibling("old");
    copy(indexFolder(), old);
    databases.drop("clinic");
    database = databases.create("clinic").orElseThrow();
    writeMany(0, 3);
    // As if the data folder was put back, and the indexes were not.
    Files.createDirectories(indexFolder().getParent());
    Files.writeString(indexFolder().resolveSibling("database"), "clinic");
    copy(old, indexFolder());
    fullText = start(new FullTextSettings(2, 4, 60_000));
    assertThat(found("all")).containsExactly("d0", "d1", "d2");
  }

  @Test
  void theIndexesOfADroppedDatabaseGo() {
    writeMany(0, 3);
    assertThat(found("all")).hasSize(3);
    Path left = indexFolder();
    databases.drop("clinic");
    assertThat(left.getParent()).doesNotExist();
    database = databases.create("clinic").orElseThrow();
    assertThat(found("all")).isEmpty();
  }

  @Test
  void whatACrashLeftOfADroppedDatabaseGoesWhenSearchIsUsed() throws IOException {
    writeMany(0, 3);
    assertThat(found("all")).hasSize(3);
    Path left = indexFolder();
    fullText.close();
    Path kept = folder.resolveSibling("kept");
    copy(left.getParent(), kept);
    databases.drop("clinic");
    copy(kept, left.getParent());
    database = databases.create("clinic").orElseThrow();
    fullText = start(new Databases(store), folder, functions, new FullTextSettings(2, 4, 60_000));
    assertThat(found("all")).isEmpty();
    fullText.close();
    assertThat(left.getParent()).doesNotExist();
  }

  @Test
  void indexesWithoutADefinitionAreCleanedUp() throws Exception {
    writeMany(0, 3);
    assertThat(found("all")).hasSize(3);
    var other = standard("another function");
    fullText.search(database, PLACE, other, org.skerry.search.SearchRequest.of("all")).close();
    Path gone = indexFolder().resolveSibling(other.signature());
    assertThat(gone).exists();
    fullText.cleanUp(database, Set.of(DEFINITION.signature()));
    assertThat(gone).doesNotExist();
    assertThat(indexFolder()).exists();
    assertThat(found("all")).hasSize(3);
    restart();
    fullText.cleanUp(database, Set.of());
    assertThat(indexFolder()).as("one that is not open").doesNotExist();
    assertThat(found("all")).as("and comes back when it is asked").hasSize(3);
  }
}
