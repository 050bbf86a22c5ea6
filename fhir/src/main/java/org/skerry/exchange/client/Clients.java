package org.skerry.exchange.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The kinds of clients that this node has: two of its own, and those of others, on the class path
 * or in jars of the folder that the system property {@value #FOLDER} names.
 */
public final class Clients {
  static final String FOLDER = "skerry.clients";

  private static final SortedMap<String, ClientProvider> KNOWN = load();

  private Clients() {}

  private static SortedMap<String, ClientProvider> load() {
    SortedMap<String, ClientProvider> found = new TreeMap<>();
    for (ClientProvider provider : ServiceLoader.load(ClientProvider.class, loader())) {
      found.putIfAbsent(provider.name(), provider);
    }
    return found;
  }

  /** Stays open as long as the process: clients load their classes when they need them. */
  private static ClassLoader loader() {
    ClassLoader own = Clients.class.getClassLoader();
    String folder = System.getProperty(FOLDER, "");
    if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
      return own;
    }
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
      for (Path file : files) {
        jars.add(file.toUri().toURL());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the clients in " + folder + " cannot be read", e);
    }
    return new URLClassLoader(jars.toArray(URL[]::new), own);
  }

  /** The kind of that name. */
  public static Optional<ClientProvider> find(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /** All names, in order. */
  public static String names() {
    return String.join(", ", KNOWN.keySet());
  }
}
