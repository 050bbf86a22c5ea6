package org.skerry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In processes of their own, because a heap's shape is decided when a process begins. */
class HeapWatchTest {
  private static final int MEGABYTE = 1 << 20;

  /** Lets much garbage grow old, and prints the most that the old generation ever held, in MB. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      HeapWatch.start();
      Deque<byte[]> kept = new ArrayDeque<>();
      long most = 0;
      for (int i = 0; i < 3_000; i++) {
        kept.add(new byte[MEGABYTE / 4]);
        if (kept.size() > 80) {
          kept.remove();
        }
        most = Math.max(most, old().getUsage().getUsed());
      }
      System.out.println(most / MEGABYTE);
    }

    private static MemoryPoolMXBean old() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().contains("Tenured") || pool.getName().contains("Old"))
          .findAny()
          .orElseThrow();
    }
  }

  private static String run(String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.strip();
  }

  @Test
  void garbageThatGrewOldIsCollectedLongBeforeTheHeapIsFull() throws Exception {
    String most =
        run("-XX:+UseSerialGC", "-Xms20m", "-Xmx512m", "-XX:NewSize=4m", "-XX:MaxNewSize=16m");
    assertThat(most.lines().toList().getLast())
        .satisfies(mb -> assertThat(Long.parseLong(mb)).isLessThan(200));
  }

  @Test
  void otherCollectorsAreLeftAlone() throws Exception {
    assertThat(run("-XX:+UseG1GC", "-Xmx256m")).isNotEmpty();
  }
}
