package org.skerry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** HL7's examples of R4, from their package at npm; unpacked in memory, one after the other. */
final class Hl7Examples {
  private static final String NAME = "hl7.fhir.r4.examples";
  private static final String VERSION = "4.0.1";

  private Hl7Examples() {}

  /** Has every example seen: the name of its file, and its text. */
  static void forEach(BiConsumer<String, byte[]> example) throws Exception {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(packed()));
        TarArchiveInputStream files =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = files.getNextEntry();
          entry != null;
          entry = files.getNextEntry()) {
        String name = entry.getName().replaceFirst("^package/", "");
        if (name.matches("[A-Z][^/]*\\.json")) {
          example.accept(name.replace(".json", ""), files.readAllBytes());
        }
      }
    }
  }

  private static Path packed() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target", "hl7")).toAbsolutePath();
    Path file = folder.resolve(NAME + "-" + VERSION + ".tgz");
    if (!Files.exists(file)) {
      Path coming = Files.createTempDirectory(folder, "npm");
      Process npm =
          new ProcessBuilder(
                  List.of(
                      "npm", "pack", "--loglevel=error", "--prefer-offline", NAME + "@" + VERSION))
              .directory(coming.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(npm.getInputStream().readAllBytes());
      assertThat(npm.waitFor()).as(said).isZero();
      Files.move(coming.resolve(file.getFileName()), file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }
}
