package org.skerry.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of programs that this process has mapped: of shared libraries, and of the Java
 * machine's cache of classes.
 *
 * <p>The kernel maps sixteen pages around each that is touched, and keeps them mapped; so what a
 * start ran through once counts as resident for good. {@link #letGo} takes such pages out of the
 * process ({@code madvise(2)}, {@code MADV_DONTNEED}). They are no copies: the system's cache of
 * files may still hold them, and has them for whoever touches one again, by a minor fault; but it
 * is free to drop them, which it is slow to do with pages that a process has mapped.
 *
 * <p>The same call loses what was written to a private page, even where nothing may be written any
 * more: the linker fills in a library's tables of addresses and closes them behind itself. So a
 * mapping counts only if it is closed to writing and {@code smaps} of {@code proc(5)} says that it
 * holds no copy of a page ({@code Anonymous}), nor has any swapped out. And only if its file stays
 * mapped while the process lives, so that nothing else can have come to its addresses meanwhile;
 * and if it stood so when this looked before, too: the linker maps a library as a whole first, and
 * then what is written to over parts of it, which must not happen between the look and the call.
 *
 * <p>On Linux; elsewhere there is nothing to read, and nothing happens.
 */
final class MappedPages {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /** The same number on all of Linux that Java runs on. */
  private static final int MADV_DONTNEED = 4;

  /** Start and end of the addresses, what may be done there, and the file. */
  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\S+ *(.*)");

  /** What the Java machine maps for as long as it runs: its cache, and libraries. */
  private static final Pattern STAYS = Pattern.compile("/.*\\.(aot|jsa|so[.0-9]*)");

  private static final Logger LOG = LoggerFactory.getLogger(MappedPages.class);

  private final MethodHandle madvise;

  /** Where the mappings began and ended that were clean the last time. One thread at a time. */
  private Map<Long, Long> before;

  private MappedPages(MethodHandle madvise, List<Clean> before) {
    this.madvise = madvise;
    this.before = ends(before);
  }

  private static Map<Long, Long> ends(List<Clean> pages) {
    return pages.stream().collect(Collectors.toMap(Clean::from, Clean::to));
  }

  /** Addresses that hold pages of a file and no copies; how much of them is mapped, in KB. */
  record Clean(long from, long to, long resident) {}

  /** Those of this process, where the system is one that tells of them. */
  static Optional<MappedPages> ofThisProcess() {
    if (!Files.isReadable(MAPPINGS) || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      List<Clean> now = clean();
      return madvise().map(function -> new MappedPages(function, now));
    } catch (IOException
        | NumberFormatException
        | UnsupportedOperationException
        | IllegalCallerException e) {
      LOG.debug("programs' pages stay mapped: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The launcher allows calls of functions of C ({@code --enable-native-access}). */
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> madvise() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor addressLengthAdvice =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    return linker
        .defaultLookup()
        .find("madvise")
        .map(function -> linker.downcallHandle(function, addressLengthAdvice));
  }

  /** Takes what can be had again from its file out of the process. */
  void letGo() {
    try {
      List<Clean> now = clean();
      long kilobytes = 0;
      for (Clean clean : now) {
        if (Objects.equals(before.get(clean.from), clean.to) && letGo(clean)) {
          kilobytes += clean.resident;
        }
      }
      before = ends(now);
      LOG.debug("let go of {} KB of programs' pages", kilobytes);
    } catch (IOException | NumberFormatException e) {
      LOG.debug("programs' pages stay mapped: {}", e.getMessage());
    }
  }

  private static List<Clean> clean() throws IOException {
    try (BufferedReader mappings = Files.newBufferedReader(MAPPINGS)) {
      return clean(mappings);
    }
  }

  private boolean letGo(Clean clean) {
    try {
      return (int) madvise.invokeExact(clean.from, clean.to - clean.from, MADV_DONTNEED) == 0;
    } catch (Throwable e) {
      throw new AssertionError("a function of C throws nothing", e);
    }
  }

  /**
   * What may be let go of, in the text of {@code smaps}: a mapping's line, then its figures. Where
   * one of them is missing, or all are 0 as those of an emulator that does not know them, nothing.
   */
  static List<Clean> clean(BufferedReader mappings) throws IOException {
    List<Clean> found = new ArrayList<>();
    Optional<Clean> current = Optional.empty();
    long resident = 0;
    int unwritten = 0;
    for (String line = mappings.readLine(); line != null; line = mappings.readLine()) {
      if (line.isEmpty() || !Character.isUpperCase(line.charAt(0))) {
        add(found, current, resident, unwritten);
        current = closed(line);
        resident = 0;
        unwritten = 0;
      } else if (line.startsWith("Rss:")) {
        resident = kilobytes(line);
      } else if (line.startsWith("Anonymous:") || line.startsWith("Swap:")) {
        unwritten += kilobytes(line) == 0 ? 1 : 0;
      }
    }
    add(found, current, resident, unwritten);
    return found;
  }

  private static void add(
      List<Clean> found, Optional<Clean> mapping, long resident, int unwritten) {
    if (resident > 0 && unwritten == 2) {
      mapping.ifPresent(one -> found.add(new Clean(one.from, one.to, resident)));
    }
  }

  /** The mapping of that line, if it is private, closed to writing, and of a file that stays. */
  private static Optional<Clean> closed(String line) {
    Matcher mapping = MAPPING.matcher(line);
    if (!mapping.matches()
        || !mapping.group(3).matches("r-[-x]p")
        || !STAYS.matcher(mapping.group(4)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Clean(
            Long.parseUnsignedLong(mapping.group(1), 16),
            Long.parseUnsignedLong(mapping.group(2), 16),
            0));
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}
