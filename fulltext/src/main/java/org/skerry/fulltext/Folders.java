package org.skerry.fulltext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skerry.database.Database;

/** Where indexes are on disk: a folder for each life of a database, in it one for each index. */
final class Folders {
  private static final String NAME = "database";

  private final Path root;

  Folders(Path root) {
    this.root = root;
  }

  /** That of one index; it need not exist. */
  Path index(IndexKey key) {
    return root.resolve(key.incarnation()).resolve(key.signature());
  }

  /** Whether an index was ever made. */
  boolean exists(IndexKey key) {
    return Files.isDirectory(index(key));
  }

  /** Makes the folder of a database's indexes. */
  void prepare(Database database) throws IOException {
    Path folder = root.resolve(database.store().incarnation());
    Path name = folder.resolve(NAME);
    if (!Files.exists(name)) {
      Files.createDirectories(folder);
      Files.writeString(name, database.name());
    }
  }

  /** The signatures of a database's indexes. */
  List<String> signatures(String incarnation) throws IOException {
    return folders(root.resolve(incarnation));
  }

  /** The lives of databases that have indexes. */
  List<String> incarnations() throws IOException {
    return folders(root);
  }

  private static List<String> folders(Path parent) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, Files::isDirectory)) {
      children.forEach(child -> names.add(child.getFileName().toString()));
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return names;
  }

  /** The name of the database whose life it is; nothing when it cannot be read. */
  Optional<String> databaseName(String incarnation) {
    try {
      return Optional.of(Files.readString(root.resolve(incarnation).resolve(NAME)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Deletes one index's files. */
  void delete(IndexKey key) throws IOException {
    deleteTree(index(key));
  }

  /** Deletes all that a database left. */
  void delete(String incarnation) throws IOException {
    deleteTree(root.resolve(incarnation));
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
