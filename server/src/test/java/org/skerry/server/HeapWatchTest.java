package org.skerry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.management.NotificationEmitter;
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

  /**
   * Works until the heap has grown, ends, and prints how large the heap is when it was given back.
   */
  static final class Working {
    private static final long GROWN = 100L * MEGABYTE;
    private static final long GIVEN_BACK = 60L * MEGABYTE;

    private Working() {}

    public static void main(String[] args) throws Exception {
      byte[] kept = new byte[10 * MEGABYTE];
      HeapWatch.start(Duration.ofMillis(300));
      long garbage = 0;
      while (Runtime.getRuntime().totalMemory() < GROWN) {
        garbage += new byte[MEGABYTE / 4].length;
      }
      CompletableFuture<Long> small = new CompletableFuture<>();
      ManagementFactory.getGarbageCollectorMXBeans()
          .forEach(
              collector ->
                  ((NotificationEmitter) collector)
                      .addNotificationListener((done, handback) -> look(small), null, null));
      look(small);
      long left = small.join();
      System.out.println(garbage > kept.length ? left / MEGABYTE : -1);
    }

    private static void look(CompletableFuture<Long> small) {
      long total = Runtime.getRuntime().totalMemory();
      if (total < GIVEN_BACK) {
        small.complete(total);
      }
    }
  }

  private static String run(String... flags) throws Exception {
    return run(Program.class, flags);
  }

  private static String run(Class<?> program, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
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
  void aHeapThatGrewForItsWorkIsGivenBackWhenTheWorkIsDone() throws Exception {
    String left =
        run(
            Working.class,
            "-XX:+UseSerialGC",
            "-Xms14m",
            "-Xmx512m",
            "-XX:NewSize=4m",
            "-XX:MaxNewSize=64m",
            "-XX:SurvivorRatio=4",
            "-XX:NewRatio=3",
            "-XX:-ShrinkHeapInSteps");
    assertThat(Long.parseLong(left.lines().toList().getLast())).isBetween(1L, 60L);
  }

  @Test
  void whereCollectingTakesLongTheWorkIsDoneLater() {
    Duration rest = Duration.ofSeconds(3);
    assertThat(HeapWatch.patience(rest, Duration.ofMillis(10))).isEqualTo(rest);
    assertThat(HeapWatch.patience(rest, Duration.ofMillis(300))).isEqualTo(Duration.ofSeconds(30));
  }

  /** Live edits, one by one: collecting everything would be what some of them wait for. */
  @Test
  void littleWorkLeavesTheHeapAsItIs() {
    Duration rest = Duration.ofSeconds(3);
    long small = 4L * MEGABYTE;
    long full = 40L * MEGABYTE;
    assertThat(HeapWatch.isWork(Duration.ofMillis(800), small, full, rest)).isFalse();
    assertThat(HeapWatch.isWork(Duration.ofMillis(200), small, full, rest)).isFalse();
    assertThat(HeapWatch.isWork(Duration.ofMillis(100), small, full, rest)).isTrue();
    assertThat(HeapWatch.isWork(Duration.ofSeconds(1), small, -1, rest)).isTrue();
  }

  @Test
  void otherCollectorsAreLeftAlone() throws Exception {
    assertThat(run("-XX:+UseG1GC", "-Xmx256m")).isNotEmpty();
  }

  @Test
  void othersMayMakeCollectingLastButNotForEver() {
    assertThat(HeapWatch.cost(100, 40)).isEqualTo(Duration.ofNanos(40));
    assertThat(HeapWatch.cost(100, 250)).as("on two processors").isEqualTo(Duration.ofNanos(100));
    assertThat(HeapWatch.cost(5_000, 100)).as("a disk").isEqualTo(Duration.ofNanos(500));
    assertThat(HeapWatch.cost(100, 0)).as("the clock of CPU").isEqualTo(Duration.ofNanos(10));
    assertThat(HeapWatch.cost(100, -1)).as("no such clock").isEqualTo(Duration.ofNanos(100));
  }
}
