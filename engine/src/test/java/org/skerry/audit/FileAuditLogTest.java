package org.skerry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final AuditQuery ALL = query(false, Optional.empty(), 1_000);

  @TempDir Path temp;
  private Instant now = START;
  private final InstantSource clock = () -> now;

  private Path folder() {
    return temp.resolve("audit");
  }

  private FileAuditLog open() throws IOException {
    return FileAuditLog.open(folder(), 64, clock);
  }

  private List<AuditRecord> read(AuditQuery query) {
    return new AuditTrail(folder()).read(query);
  }

  private static AuditQuery query(boolean descending, Optional<Long> after, int limit) {
    return new AuditQuery(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        after,
        descending,
        limit);
  }

  private static AuditEvent created(String database) {
    return new AuditEvent(AuditAction.DATABASE_CREATED, Actor.of("admin", "10.0.0.7"), database);
  }

  private static List<Long> numbers(List<AuditRecord> events) {
    return events.stream().map(AuditRecord::number).toList();
  }

  @Test
  void whatWasRecordedIsReadWithEverythingInIt() throws IOException {
    try (FileAuditLog log = open()) {
      log.record(created("clinic").with("from", "10.0.0.7"));
      now = now.plusSeconds(5);
      log.record(new AuditEvent(AuditAction.NODE_STOPPED, Actor.NODE, "node"));
    }
    List<AuditRecord> events = read(ALL);
    assertThat(numbers(events)).containsExactly(1L, 2L);
    AuditRecord first = events.getFirst();
    assertThat(first.action()).isEqualTo(AuditAction.DATABASE_CREATED);
    assertThat(first.time()).isEqualTo(START);
    assertThat(first.actor()).isEqualTo(Actor.of("admin", "10.0.0.7"));
    assertThat(first.subject()).isEqualTo("clinic");
    assertThat(first.details()).containsExactly(java.util.Map.entry("from", "10.0.0.7"));
    assertThat(events.getLast().actor()).isEqualTo(Actor.NODE);
  }

  /** Half a character has no UTF-8: the event could not be written. */
  @Test
  void aLongTextIsCutBetweenCharacters() throws IOException {
    try (FileAuditLog log = open()) {
      log.record(created("x" + "\ud83d\ude00".repeat(1_000)));
    }
    assertThat(read(ALL).getFirst().subject()).isEqualTo("x" + "\ud83d\ude00".repeat(499) + "…");
  }

  @Test
  void numbersGoOnAfterARestart() throws IOException {
    try (FileAuditLog log = open()) {
      log.record(created("a"));
    }
    try (FileAuditLog log = open()) {
      log.record(created("b"));
    }
    assertThat(numbers(read(ALL))).containsExactly(1L, 2L);
  }

  @Test
  void aLineThatACrashCutShortHarmsNoOtherLine() throws IOException {
    try (FileAuditLog log = open()) {
      log.record(created("a"));
    }
    Path file = files().getFirst();
    Files.writeString(file, "{\"seq\":2,\"time\":\"2026-", StandardOpenOption.APPEND);
    try (FileAuditLog log = open()) {
      log.record(created("b"));
    }
    assertThat(read(ALL)).extracting(AuditRecord::subject).containsExactly("a", "b");
    assertThat(numbers(read(ALL))).containsExactly(1L, 2L);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.list(folder())) {
      return paths.sorted().toList();
    }
  }

  @Test
  void aFullFileIsFollowedByANewOneAndPagesCrossThem() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(folder(), 300, 100, clock)) {
      for (int i = 1; i <= 40; i++) {
        log.record(created("db" + i));
      }
    }
    assertThat(files()).hasSizeGreaterThan(5);
    assertThat(numbers(read(ALL))).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
    assertThat(numbers(read(query(false, Optional.of(13L), 4))))
        .containsExactly(14L, 15L, 16L, 17L);
    assertThat(numbers(read(query(true, Optional.of(13L), 4)))).containsExactly(12L, 11L, 10L, 9L);
    assertThat(numbers(read(query(true, Optional.empty(), 2)))).containsExactly(40L, 39L);
    assertThat(read(query(false, Optional.of(40L), 4))).isEmpty();
    assertThat(read(query(true, Optional.of(1L), 4))).isEmpty();
  }

  @Test
  void theOldestFilesGoAndTheLogSaysSo() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(folder(), 300, 3, clock)) {
      for (int i = 1; i <= 40; i++) {
        log.record(created("db" + i));
      }
    }
    assertThat(files()).hasSize(3);
    List<AuditRecord> events = read(ALL);
    assertThat(events).extracting(AuditRecord::action).contains(AuditAction.TRAIL_CUT);
    assertThat(events.getLast().subject()).isEqualTo("db40");
    assertThat(numbers(events)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aQueryFiltersByActionUserSubjectAndTime() throws IOException {
    try (FileAuditLog log = open()) {
      log.record(created("clinic"));
      now = now.plus(Duration.ofHours(1));
      log.record(new AuditEvent(AuditAction.USER_CHANGED, Actor.of("admin", "10.0.0.7"), "ada"));
      now = now.plus(Duration.ofHours(1));
      log.record(new AuditEvent(AuditAction.SIGN_IN_FAILED, Actor.stranger("10.0.0.9"), "ada"));
    }
    assertThat(numbers(read(filtered(Set.of(AuditAction.USER_CHANGED), "", "", 0, 9))))
        .containsExactly(2L);
    assertThat(numbers(read(filtered(Set.of(), "ada", "", 0, 9)))).containsExactly(2L, 3L);
    assertThat(numbers(read(filtered(Set.of(), "admin", "", 0, 9)))).containsExactly(1L, 2L);
    assertThat(numbers(read(filtered(Set.of(), "", "clinic", 0, 9)))).containsExactly(1L);
    assertThat(numbers(read(filtered(Set.of(), "", "", 1, 2)))).containsExactly(2L);
  }

  private static AuditQuery filtered(
      Set<AuditAction> actions, String user, String subject, int fromHour, int untilHour) {
    return new AuditQuery(
        actions,
        Optional.of(user).filter(text -> !text.isEmpty()),
        Optional.of(subject).filter(text -> !text.isEmpty()),
        Optional.of(START.plus(Duration.ofHours(fromHour))),
        Optional.of(START.plus(Duration.ofHours(untilHour))),
        Optional.empty(),
        false,
        100);
  }

  @Test
  void namesOfStrangersAreCutAndCannotForgeALine() throws IOException {
    try (FileAuditLog log = open()) {
      String name = "x\n{\"seq\":9,\"action\":\"purged\"}\n" + "y".repeat(100_000);
      log.record(new AuditEvent(AuditAction.SIGN_IN_FAILED, Actor.stranger("10.0.0.9"), name));
    }
    assertThat(Files.readAllLines(files().getFirst())).hasSize(1);
    assertThat(read(ALL).getFirst().subject()).startsWith("x\n{").hasSizeLessThan(1_100);
  }

  @Test
  void anInterruptedCallerIsRecordedAndHarmsNobodyElse() throws Exception {
    try (FileAuditLog log = open()) {
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    Thread.currentThread().interrupt();
                    log.record(created("a"));
                  });
      thread.join();
      log.record(created("b"));
    }
    assertThat(read(ALL)).extracting(AuditRecord::subject).containsExactly("a", "b");
  }

  @Test
  void whatCouldNotBeWrittenIsCountedOnceWritingWorksAgain() throws IOException {
    try (FileAuditLog log = FileAuditLog.open(folder(), 1, 100, clock)) {
      log.record(created("a"));
      Path inTheWay = folder().resolve("audit-000000000002.jsonl");
      Files.createFile(inTheWay);
      log.record(created("b"));
      log.record(created("c"));
      Files.delete(inTheWay);
      log.record(created("d"));
    }
    List<AuditRecord> events = read(ALL);
    assertThat(events)
        .extracting(AuditRecord::action)
        .containsExactly(
            AuditAction.DATABASE_CREATED, AuditAction.EVENTS_LOST, AuditAction.DATABASE_CREATED);
    assertThat(events.get(1).details()).containsEntry("events", "2");
  }

  @Test
  void aClosedLogIgnoresWhatComesLate() throws IOException {
    FileAuditLog log = open();
    log.record(created("a"));
    log.close();
    log.close();
    log.record(created("b"));
    assertThat(read(ALL)).hasSize(1);
  }

  @Test
  void onlyTheNodesUserMayReadIt() throws IOException {
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsNotThereHoldsNoEvents() {
    assertThat(new AuditTrail(temp.resolve("nowhere")).read(ALL)).isEmpty();
  }
}
