package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;

class CertificateWatchTest {
  @TempDir Path folder;
  private final List<String> loaded = new ArrayList<>();
  private final List<AuditEvent> events = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("node.crt"), "one");
  }

  private CertificateWatch watch() {
    return new CertificateWatch(
        List.of(file),
        () -> {
          String text = Files.readString(file);
          if (text.startsWith("bad")) {
            throw new IOException("bad file");
          }
          loaded.add(text);
        },
        events::add);
  }

  @Test
  void whatDidNotChangeIsLeftAlone() {
    CertificateWatch watch = watch();
    watch.check();
    watch.check();
    assertThat(loaded).isEmpty();
  }

  @Test
  void aChangedFileIsTakenOnceAndNoted() throws IOException {
    CertificateWatch watch = watch();
    Files.writeString(file, "second");
    watch.check();
    watch.check();
    assertThat(loaded).containsExactly("second");
    assertThat(events)
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CERTIFICATE_LOADED);
  }

  @Test
  void aFileThatCannotBeUsedIsTriedAgain() throws IOException {
    CertificateWatch watch = watch();
    Files.writeString(file, "bad file");
    watch.check();
    watch.check();
    assertThat(loaded).isEmpty();
    Files.writeString(file, "good one");
    watch.check();
    assertThat(loaded).containsExactly("good one");
  }

  @Test
  void aLinkThatLeadsElsewhereIsAChange() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Path real = Files.move(file, folder.resolve("real"));
    Files.createSymbolicLink(file, real);
    CertificateWatch watch = watch();
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    watch.check();
    assertThat(loaded).containsExactly("two");
  }

  @Test
  void aFileThatGoesAndComesBackIsTaken() throws IOException {
    CertificateWatch watch = watch();
    Files.delete(file);
    watch.check();
    assertThat(loaded).isEmpty();
    Files.writeString(file, "back");
    watch.check();
    assertThat(loaded).containsExactly("back");
  }
}
