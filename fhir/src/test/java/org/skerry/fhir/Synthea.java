package org.skerry.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** The project's synthetic records (demo/fhir), in the order in which they are to be loaded. */
public final class Synthea {
  private Synthea() {}

  /** A bundle by the beginning of its name. */
  public static String bundle(String name) {
    return bundles().stream()
        .filter(path -> path.getFileName().toString().startsWith(name))
        .map(Synthea::read)
        .findFirst()
        .orElseThrow();
  }

  /** All bundles. */
  public static List<Path> bundles() {
    Path folder = Path.of("..", "demo", "fhir");
    Path found = Files.isDirectory(folder) ? folder : Path.of("demo", "fhir");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(found, "*.json.gz")) {
      List<Path> paths = new ArrayList<>();
      StreamSupport.stream(files.spliterator(), false).sorted().forEach(paths::add);
      return paths;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bundle's JSON. */
  public static String read(Path path) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
