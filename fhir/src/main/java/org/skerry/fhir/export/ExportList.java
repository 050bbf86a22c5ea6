package org.skerry.fhir.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/**
 * What an export has to bring: a line for each resource, as it was at one moment. A line says the
 * id, the version, and the versions that live beside it; a version behind a minus is a deletion.
 */
final class ExportList {
  private static final String FILE = "list";

  /** Ids of resources begin with a capital letter. */
  private static final DocRange RESOURCES =
      new DocRange(Optional.of("A"), Optional.of("["), false, false);

  private ExportList() {}

  /** One resource. */
  record Line(ResourceId id, RevId version, List<RevId> others, boolean deleted) {}

  /** Lines, and where those behind them begin. */
  record Page(List<Line> lines, long next) {}

  /**
   * Makes the list.
   *
   * @param wanted the types; none are all
   * @param behind leaves out what stands at that position of the feed or before it
   * @param deletions whether they are wanted
   * @return how many lines it has
   */
  static long write(
      Path folder,
      DocumentStore store,
      Set<String> wanted,
      Optional<Long> behind,
      boolean deletions)
      throws IOException {
    long[] count = {0};
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(FILE))) {
      store.scan(
          RESOURCES,
          Fields.LEAVES,
          document -> {
            boolean meant =
                ResourceId.of(document.id())
                        .filter(id -> wanted.isEmpty() || wanted.contains(id.type()))
                        .isPresent()
                    && (deletions || !document.deleted())
                    && behind.filter(seq -> document.seq().number() <= seq).isEmpty();
            if (meant) {
              write(out, document);
              count[0]++;
            }
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return count[0];
  }

  private static void write(BufferedWriter out, StoredDocument document) {
    String others =
        document.leaves().stream()
            .skip(1)
            .filter(leaf -> !leaf.deleted())
            .map(Leaf::rev)
            .map(RevId::toString)
            .collect(Collectors.joining(","));
    String mark = document.deleted() ? "-" : "";
    try {
      out.write(document.id() + " " + mark + document.winner().rev() + " " + others + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next lines. */
  static Page read(Path folder, long from, int most) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "r")) {
      file.seek(from);
      byte[] bytes = new byte[most * 512];
      int length = Math.max(0, file.read(bytes));
      int at = 0;
      while (lines.size() < most) {
        int end = end(bytes, at, length);
        if (end < 0) {
          break;
        }
        lines.add(line(new String(bytes, at, end - at, StandardCharsets.UTF_8)));
        at = end + 1;
      }
      if (at == 0 && length == bytes.length) {
        throw new IOException("a line of the list is longer than " + length + " bytes");
      }
      return new Page(lines, from + at);
    }
  }

  private static int end(byte[] bytes, int from, int length) {
    for (int i = from; i < length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Line line(String text) throws IOException {
    String[] parts = text.split(" ", -1);
    Optional<ResourceId> id = ResourceId.parse(parts[0]);
    if (parts.length != 3 || id.isEmpty()) {
      throw new IOException("the list is damaged: " + text);
    }
    boolean deleted = parts[1].startsWith("-");
    List<RevId> others = new ArrayList<>();
    for (String other : parts[2].split(",")) {
      if (!other.isEmpty()) {
        others.add(RevId.parse(other));
      }
    }
    return new Line(
        id.get(), RevId.parse(deleted ? parts[1].substring(1) : parts[1]), others, deleted);
  }
}
