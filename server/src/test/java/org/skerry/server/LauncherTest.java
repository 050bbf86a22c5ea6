package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout that is built, with a Java machine that does nothing but rehearse. */
@Timeout(300)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/bash
      case "$*" in
        *-XshowSettings*) echo '    java.specification.version = 25'; exit ;;
        *rehearse) ;;
        *) echo "runs ${*: -1}"; exit ;;
      esac
      echo "Picked up JAVA_TOOL_OPTIONS"
      [ -n "${FAILS:-}" ] && exit 1
      [ -n "${BREAKS:-}" ] && exit 130
      [ -n "${FORGETS:-}" ] && exit 0
      for word; do
        case "$word" in -XX:AOTCacheOutput=*) echo "classes of today" >"${word#*=}" ;; esac
      done
      """;

  @TempDir private Path folder;
  private Path learnt;

  @BeforeEach
  void lay() throws IOException {
    Files.copy(Path.of("..", "skerry"), folder.resolve("skerry"));
    write("jdk/bin/java", JAVA, 1_000).toFile().setExecutable(true);
    write("pom.xml", "", 1_000);
    write("server/pom.xml", "", 1_000);
    write("server/src/main/Main.java", "", 1_000);
    write("server/target/skerry-server.jar", "", 2_000);
    learnt = folder.resolve("server/target/skerry.aot");
  }

  private Path write(String name, String text, long seconds) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
  }

  private String run(String command, String... environment) throws Exception {
    return run(0, command, environment);
  }

  /** What the launcher says, on both of its streams, when it ends so. */
  private String run(int status, String command, String... environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", folder.resolve("skerry").toString(), command)
            .redirectErrorStream(true);
    builder.environment().put("SKERRY_JAVA_HOME", folder.resolve("jdk").toString());
    for (String name : environment) {
      builder.environment().put(name, "yes");
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }

  private List<String> built() throws IOException {
    try (Stream<Path> files = Files.list(learnt.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aProgramOfWhichNothingWasLearntRehearsesOnce() throws Exception {
    assertThat(run("serve"))
        .matches("skerry: rehearsing.*\nskerry: rehearsed\nruns serve\n")
        .doesNotContain("Picked up");
    assertThat(learnt).hasContent("classes of today");
    assertThat(run("serve")).isEqualTo("runs serve\n");
    assertThat(built()).containsExactly("skerry-server.jar", "skerry.aot");
  }

  @Test
  void whatWasLearntOfAnotherProgramIsLearntAnew() throws Exception {
    write("server/target/skerry.aot", "classes of yesterday", 1_500);
    assertThat(run("--help")).contains("rehearsing").endsWith("runs --help\n");
    assertThat(learnt).hasContent("classes of today");
  }

  @Test
  void nodesThatRunKeepWhatTheyHave() throws Exception {
    write("server/target/skerry.aot", "classes of yesterday", 3_000);
    try (FileChannel mapped = FileChannel.open(learnt)) {
      run("rehearse");
      assertThat(learnt).hasContent("classes of today");
      ByteBuffer bytes = ByteBuffer.allocate(100);
      mapped.read(bytes);
      assertThat(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8))
          .isEqualTo("classes of yesterday");
    }
  }

  @Test
  void aRehearsalThatFailsLeavesWhatWasLearnt() throws Exception {
    write("server/target/skerry.aot", "classes of yesterday", 3_000);
    Path said = folder.resolve("server/target/skerry.aot.log");
    assertThat(run(1, "rehearse", "FAILS"))
        .contains("the rehearsal failed (" + said + " says why)")
        .doesNotContain("Picked up");
    assertThat(learnt).hasContent("classes of yesterday");
    assertThat(said).hasContent("Picked up JAVA_TOOL_OPTIONS");
    assertThat(built()).containsExactly("skerry-server.jar", "skerry.aot", "skerry.aot.log");
    run("rehearse");
    assertThat(built()).containsExactly("skerry-server.jar", "skerry.aot");
  }

  @Test
  void aRehearsalThatFailsIsNotWaitedForAgain() throws Exception {
    assertThat(run("serve", "FAILS")).contains("the rehearsal failed").endsWith("runs serve\n");
    assertThat(run("serve", "FAILS")).isEqualTo("runs serve\n");
  }

  @Test
  void aMachineThatEndsWellAndLeavesNoClassesHasFailed() throws Exception {
    assertThat(run(1, "rehearse", "FORGETS")).contains("the rehearsal failed");
  }

  @Test
  void whoeverBreaksARehearsalOffWantsNoNodeAndIsAskedAgain() throws Exception {
    assertThat(run(130, "serve", "BREAKS")).doesNotContain("failed", "runs");
    assertThat(built()).containsExactly("skerry-server.jar");
    assertThat(run("serve")).contains("rehearsing").endsWith("runs serve\n");
  }

  @Test
  void anInstalledCopyRehearsesWhenItIsAskedTo() throws Exception {
    Files.delete(folder.resolve("pom.xml"));
    assertThat(run("serve")).isEqualTo("runs serve\n");
    assertThat(run("rehearse")).contains("rehearsing");
    assertThat(learnt).hasContent("classes of today");
  }
}
