package org.skerry.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A database as Tryton makes it for its first user, from which others are copied. Making one takes
 * as long as many tests, so what it made is kept in the build folder, for other servers and for the
 * next run.
 */
final class TrytonTemplate {
  static final String NAME = "tryton_template";
  static final String ADMIN_PASSWORD = "tide-pool-42";

  private static final List<String> MODULES = List.of("party", "party_relationship", "country");
  private static final Path FOLDER = Path.of("..", "target").toAbsolutePath().normalize();
  private static final Set<Integer> PORTS = new HashSet<>();

  private TrytonTemplate() {}

  /** Sees to it that a server has the template. */
  static synchronized void in(PostgresServer postgres) {
    if (PORTS.contains(postgres.port())) {
      return;
    }
    Path dump = FOLDER.resolve("tryton-" + version() + ".dump");
    postgres.run("postgres", "CREATE DATABASE " + NAME + " OWNER " + PostgresServer.USER);
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel file =
              FileChannel.open(
                  FOLDER.resolve("tryton.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        if (!Files.exists(dump)) {
          make(postgres);
          Path made = dump.resolveSibling(dump.getFileName() + ".made");
          postgres(postgres, "pg_dump", "-Fc", "-f", made.toString(), NAME);
          Files.move(made, dump, StandardCopyOption.ATOMIC_MOVE);
        } else if (lock.isValid()) {
          String target = "--dbname=" + NAME;
          postgres(postgres, "pg_restore", "--no-owner", target, dump.toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PORTS.add(postgres.port());
  }

  private static String version() {
    return Processes.run(Map.of(), "trytond-admin", "--version").strip().replaceAll("\\s", "-");
  }

  private static void make(PostgresServer postgres) throws IOException {
    // Tryton asks for the constraints of each table. PostgreSQL has not counted its catalogues yet,
    // and takes them for so small that it reads them all: nested loops look up what they need.
    postgres.run(
        "postgres",
        "ALTER DATABASE " + NAME + " SET enable_hashjoin = off",
        "ALTER DATABASE " + NAME + " SET enable_mergejoin = off");
    postgres.run(NAME, "CREATE EXTENSION unaccent", "CREATE EXTENSION pg_trgm");
    Path folder = Files.createTempDirectory("skerry-tryton");
    Path configuration = Tryton.configuration(folder, postgres, 0);
    Path password = Files.writeString(folder.resolve("password"), ADMIN_PASSWORD);
    List<String> command =
        new ArrayList<>(List.of("trytond-admin", "-c", configuration.toString(), "-d", NAME));
    command.addAll(List.of("--activate-dependencies", "--email", "admin@localhost", "-u"));
    command.addAll(MODULES);
    Processes.run(Map.of("TRYTONPASSFILE", password.toString()), command.toArray(String[]::new));
    Processes.delete(folder);
  }

  private static void postgres(PostgresServer postgres, String program, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("/usr/lib/postgresql/15/bin/" + program, "-h", "127.0.0.1", "-p"));
    command.addAll(List.of("" + postgres.port(), "-U", PostgresServer.USER));
    command.addAll(List.of(arguments));
    Processes.run(Map.of("PGPASSWORD", PostgresServer.PASSWORD), command.toArray(String[]::new));
  }
}
