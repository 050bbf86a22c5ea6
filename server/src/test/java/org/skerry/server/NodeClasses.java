package org.skerry.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * The classes that a node loads, read and checked once for all nodes that tests start: the Java
 * machine keeps them in a file, as it does after a rehearsal (docs/decisions/012). RocksDB's native
 * library lies unpacked beside them, which each node would unpack for itself. Most of the CPU of a
 * start went to these, and tests start a hundred nodes.
 */
public final class NodeClasses {
  private static final Path CACHE = Path.of("target", "nodes.aot").toAbsolutePath();
  private static final Path NATIVES = CACHE.resolveSibling("nodes.natives");

  private NodeClasses() {}

  /** What a Java machine is told so that it takes both from there. */
  public static synchronized List<String> flags() throws IOException {
    // Tests run in several processes: one makes the file, and the others wait for it.
    try (FileChannel channel =
            FileChannel.open(
                CACHE.resolveSibling("nodes.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isFresh()) {
        unpack();
        make();
      }
    }
    return List.of(
        "-XX:AOTCache=" + CACHE,
        "-Xlog:aot*=off",
        "-Xlog:cds*=off",
        "-Djava.library.path=" + NATIVES);
  }

  private static boolean isFresh() throws IOException {
    return Files.exists(CACHE)
        && Files.getLastModifiedTime(CACHE)
                .compareTo(Files.getLastModifiedTime(NodeProcess.PROGRAM))
            >= 0;
  }

  /** Where it is not found under this name, RocksDB takes it from its jar. */
  private static void unpack() throws IOException {
    Files.createDirectories(NATIVES);
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
      if (in != null) {
        Files.copy(in, NATIVES.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** A node lives for a moment, and its Java machine writes down what it loaded. */
  private static void make() throws IOException {
    Path data = Files.createTempDirectory(CACHE.getParent(), "nodes");
    Path made = CACHE.resolveSibling("nodes.aot.new");
    // Of a run that was broken off.
    Files.deleteIfExists(made);
    List<String> recording =
        List.of(
            "-Xmx256m",
            "-XX:AOTCacheOutput=" + made,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "-Xlog:disable",
            "-Xlog:all=off");
    try (NodeProcess node = NodeProcess.startAlone(data, recording)) {
      work(node);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    // Nodes start with an empty file, too, and nobody tries again.
    if (!Files.exists(made)) {
      Files.createFile(made);
    }
    Files.move(made, CACHE, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A little of most of what the tests' nodes do. */
  private static void work(NodeProcess node) throws IOException, InterruptedException {
    node.expect(201, "PUT", "/db", "");
    node.expect(201, "POST", "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\",\"n\":1},{}]}");
    node.expect(201, "PUT", "/db/b", "{\"n\":2}");
    node.expect(200, "GET", "/db/a", "");
    node.expect(200, "GET", "/db/_all_docs?include_docs=true", "");
    node.expect(200, "GET", "/db/_changes?include_docs=true", "");
    node.expect(
        201,
        "PUT",
        "/db/_design/d",
        "{\"views\":{\"v\":{\"map\":\"function (doc) { emit(doc.n)"
            + " }\",\"reduce\":\"_count\"}},\"nouveau\":{\"s\":{\"index\":\"function (doc) {"
            + " index('text', 'default', 'x') }\"}}}");
    node.expect(200, "GET", "/db/_design/d/_view/v?group=true", "");
    node.expect(200, "GET", "/db/_design/d/_nouveau/s?q=x", "");
    node.expect(200, "POST", "/db/_index", "{\"index\":{\"fields\":[\"n\"]}}");
    node.expect(200, "POST", "/db/_find", "{\"selector\":{\"n\":{\"$gt\":0}}}");
    String self = node.urlWithCredentials();
    node.expect(
        200,
        "POST",
        "/_replicate",
        "{\"source\":\"%1$s/db\",\"target\":\"%1$s/copy\",\"create_target\":true}".formatted(self));
  }
}
