package org.skerry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.skerry.server.MappedPages.Clean;

class MappedPagesTest {
  private static List<Clean> clean(String mapping, String... figures) throws IOException {
    String first = "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \nRss: 4 kB\nAnonymous: 4 kB\n";
    String last = "7ffd7d9fe000-7ffd7da00000 r-xp 00000000 00:00 0 [vdso]\nRss: 4 kB\n";
    String text = first + mapping + "\n" + String.join("\n", figures) + "\nSwap: 0 kB\n" + last;
    return MappedPages.clean(new BufferedReader(new StringReader(text)));
  }

  private static List<Clean> clean(String rights, String file) throws IOException {
    return clean(
        "8017b5000-8037d6000 " + rights + " 017b5000 fe:00 2318718      " + file,
        "Size:              32900 kB",
        "Rss:               32044 kB",
        "Anonymous:             0 kB");
  }

  @Test
  void programsThatNobodyMayWriteToCanBeHadAgain() throws Exception {
    assertThat(clean("r--p", "/opt/skerry/skerry.aot"))
        .containsExactly(new Clean(0x8017b5000L, 0x8037d6000L, 32_044));
    assertThat(clean("r-xp", "/usr/lib/jvm/a jdk/lib/server/libjvm.so")).hasSize(1);
    assertThat(clean("r-xp", "/usr/lib/x86_64-linux-gnu/libc.so.6")).hasSize(1);
  }

  @Test
  void whatMayBeWrittenOrIsSharedIsLeftAlone() throws Exception {
    assertThat(clean("rw-p", "/opt/skerry/skerry.aot")).isEmpty();
    assertThat(clean("rwxp", "/opt/skerry/skerry.aot")).isEmpty();
    assertThat(clean("r--s", "/opt/skerry/skerry.aot")).isEmpty();
    assertThat(clean("---p", "/opt/skerry/skerry.aot")).isEmpty();
  }

  @Test
  void whatMayGoWhileTheProcessLivesIsLeftAlone() throws Exception {
    assertThat(clean("r--p", "/opt/skerry/skerry.aot (deleted)")).isEmpty();
    assertThat(clean("r--p", "/usr/lib/locale/locale-archive")).isEmpty();
    assertThat(clean("r-xp", "[vdso]")).isEmpty();
    assertThat(clean("r--p", "")).isEmpty();
  }

  @Test
  void aTableThatTheLinkerFilledInIsLeftAlone() throws Exception {
    String closed = "7f2623680000-7f262376b000 r--p 01680000 fe:00 328747 /lib/libjvm.so";
    assertThat(clean(closed, "Rss: 940 kB", "Anonymous: 940 kB")).isEmpty();
    assertThat(clean(closed, "Rss: 0 kB", "Anonymous: 0 kB", "Swap: 940 kB")).isEmpty();
  }

  @Test
  void whatAnEmulatorDoesNotKnowIsLeftAlone() throws Exception {
    String closed = "7f2623680000-7f262376b000 r--p 01680000 fe:00 328747 /lib/libjvm.so";
    assertThat(clean(closed, "Rss: 0 kB", "Anonymous: 0 kB")).isEmpty();
    assertThat(clean(closed, "Rss: 940 kB")).isEmpty();
    assertThat(clean(closed)).isEmpty();
  }

  @Test
  void whatWasLetGoOfReadsAsBefore() throws Exception {
    List<Clean> before = ofThisProcess();
    List<Long> sums = sums(before);
    MappedPages.ofThisProcess().ifPresent(MappedPages::letGo);
    assertThat(sums(before)).isEqualTo(sums);
  }

  private static List<Clean> ofThisProcess() throws IOException {
    Path mappings = Path.of("/proc/self/smaps");
    if (!Files.isReadable(mappings)) {
      return List.of();
    }
    try (BufferedReader in = Files.newBufferedReader(mappings)) {
      return MappedPages.clean(in);
    }
  }

  /** Reads the mapped pages themselves, not their files. */
  @SuppressWarnings("restricted")
  private static List<Long> sums(List<Clean> pages) {
    List<Long> sums = new ArrayList<>();
    for (Clean each : pages) {
      CRC32 sum = new CRC32();
      long length = each.to() - each.from();
      sum.update(MemorySegment.ofAddress(each.from()).reinterpret(length).asByteBuffer());
      sums.add(sum.getValue());
    }
    return sums;
  }
}
