package org.skerry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The scripts that draw nothing, tested in JavaScript by what stands in {@code src/test/js}. */
class ScriptsTest {
  private static final Path TESTS = Path.of("src/test/js");
  private static final Path PLACE = Path.of("target/scripts");

  @Test
  void theTestsInJavaScriptPass() throws IOException, InterruptedException {
    // Node takes a file for a module when a package says so; browsers need no such word.
    write(PLACE.resolve("package.json"), "{\"type\": \"module\"}");
    for (Map.Entry<String, String> file : Sources.ending(".js").entrySet()) {
      write(PLACE.resolve("files").resolve(file.getKey()), file.getValue());
    }
    for (Map.Entry<String, String> file : Sources.ending(Sources.CLINIC, ".js").entrySet()) {
      write(PLACE.resolve("clinic").resolve(file.getKey()), file.getValue());
    }
    try (var tests = Files.list(TESTS)) {
      for (Path test : tests.toList()) {
        write(PLACE.resolve("test").resolve(test.getFileName()), Files.readString(test));
      }
    }
    Process node =
        new ProcessBuilder(List.of("node", "--test", "test"))
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .start();
    String said = String.join("\n", node.inputReader().lines().toList());
    assertThat(node.waitFor()).as(said).isZero();
    assertThat(said).containsPattern("(?m)pass [1-9]");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
