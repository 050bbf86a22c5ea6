package org.skerry.http.couch.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.skerry.audit.AuditAction;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.admin.Administration;
import org.skerry.store.Store;

/**
 * {@code POST /_node/{node}/_checkpoint} and {@code DELETE /_node/{node}/_checkpoint/{name}}: a
 * copy of all databases as of one moment, which {@code skerry backup} takes away. It stands in a
 * folder of the node's own, by links where the file system has them, so that it costs neither time
 * nor room; nobody names a place for it.
 */
final class Checkpoints {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_BYTES = 8;

  private final Store store;
  private final Path folder;
  private final Administration administration;

  Checkpoints(Store store, Path folder, Administration administration) {
    this.store = store;
    this.folder = folder;
    this.administration = administration;
  }

  void make(Exchange exchange) throws IOException {
    byte[] random = new byte[NAME_BYTES];
    RANDOM.nextBytes(random);
    String name = HexFormat.of().formatHex(random);
    Files.createDirectories(folder);
    Path made = folder.resolve(name);
    store.checkpoint(made);
    administration.note(exchange, AuditAction.BACKED_UP, name);
    exchange.answer(
        JsonAnswer.of(
            201,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("ok", true);
              out.writeStringProperty("name", name);
              out.writeStringProperty("folder", made.toString());
              out.writeEndObject();
            }));
  }

  void remove(Exchange exchange) throws IOException {
    String name = exchange.variable("name");
    if (!name.matches("[0-9a-f]{16}") || !Files.isDirectory(folder.resolve(name))) {
      throw HttpProblem.notFound("no such checkpoint");
    }
    remove(folder.resolve(name));
    exchange.answer(JsonAnswer.ok(200));
  }

  private static void remove(Path made) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(made)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
