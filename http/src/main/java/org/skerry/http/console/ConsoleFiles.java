package org.skerry.http.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder for browsers, found on the class path and then kept. Safe for use by many
 * threads.
 *
 * <p>A path is taken literally: names of letters, digits, dots, hyphens and underscores, none of
 * which begins with a dot, with slashes between them.
 */
final class ConsoleFiles {
  private static final String ROOT = "org/skerry/console/";
  private static final String LIBRARIES = ROOT + "libraries.properties";

  /** Where the console's own files stand. */
  static final String CONSOLE = "files";

  /** A page's service worker, where it has one; it serves what stands below the page alone. */
  private static final String WORKER = "worker.js";

  /** Below this folder stand the libraries. */
  private static final String LIBRARY = "lib/";

  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + "){0,7}");

  /** What is served at all: a file of another kind is none of the console's. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  private final ClassLoader loader;
  private final String folder;
  private final Properties libraries = new Properties();
  private final Map<String, ConsoleFile> kept = new ConcurrentHashMap<>();
  private final BrowserRules rules;

  /**
   * Those of one folder.
   *
   * @param folder its name, beside the console's own
   */
  ConsoleFiles(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = ROOT + folder + "/";
    try (InputStream named = loader.getResourceAsStream(LIBRARIES)) {
      if (named != null) {
        libraries.load(named);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.rules =
        BrowserRules.of(
            find("index.html").map(file -> file.plain().bytes()).orElseGet(() -> new byte[0]),
            find(WORKER).isPresent());
  }

  /** What browsers may do with the files. */
  BrowserRules rules() {
    return rules;
  }

  /** The file at a path below the folder. */
  Optional<ConsoleFile> find(String path) {
    ConsoleFile known = kept.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    return read(path).map(bytes -> kept.computeIfAbsent(path, key -> ConsoleFile.of(type, bytes)));
  }

  private Optional<byte[]> read(String path) {
    String resource =
        path.startsWith(LIBRARY)
            ? libraries.getProperty(path.substring(LIBRARY.length()))
            : folder + path;
    return resource == null ? Optional.empty() : bytes(loader.getResourceAsStream(resource));
  }

  private static Optional<byte[]> bytes(@Nullable InputStream found) {
    if (found == null) {
      return Optional.empty();
    }
    try (found) {
      return Optional.of(found.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
