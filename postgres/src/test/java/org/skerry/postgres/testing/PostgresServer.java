package org.skerry.postgres.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Debian's PostgreSQL 15 with a folder of its own, on a free port of this machine, ready for
 * logical decoding. It refuses to run as root; then it runs as Debian's user {@code postgres}.
 *
 * <p>Most tests share one ({@link #shared}) and make a {@link #database} each. One that kills its
 * server starts its own.
 */
public final class PostgresServer implements AutoCloseable {
  /** The application's role: it owns its databases, may replicate, and is no superuser. */
  public static final String USER = "app";

  public static final String PASSWORD = "app-secret";

  private static final int LAUNCHES = 500;
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final String SUPERUSER = "postgres";
  private static final String SUPERUSER_PASSWORD = "super-secret";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path folder;
  private final int port;
  private final List<String> settings;
  private Optional<Process> process = Optional.empty();

  private PostgresServer(Path folder, int port, List<String> settings) {
    this.folder = folder;
    this.port = port;
    this.settings = List.copyOf(settings);
  }

  private static final class Shared {
    static final PostgresServer SERVER = begin();

    private static PostgresServer begin() {
      PostgresServer server = PostgresServer.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop PostgreSQL"));
      return server;
    }
  }

  /** The server of all tests of this process; nobody stops it but the process's end. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /**
   * A server of the test's own.
   *
   * @param settings more than a server has, as {@code name=value}
   */
  public static PostgresServer start(String... settings) {
    try {
      Path folder = Files.createTempDirectory("skerry-postgres");
      own(folder);
      PostgresServer server = new PostgresServer(folder, freePort(), List.of(settings));
      server.initialise();
      server.launch();
      server.run(
          "postgres",
          "CREATE ROLE " + USER + " LOGIN REPLICATION CREATEDB PASSWORD '" + PASSWORD + "'");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void own(Path folder) throws IOException {
    if (isRoot()) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SUPERUSER));
    }
  }

  private static List<String> program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid", SUPERUSER, "--regid", SUPERUSER, "--init-groups", "--"));
    }
    command.add(PROGRAMS.resolve(name).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void initialise() throws IOException {
    Path password = Files.writeString(folder.resolve("superuser"), SUPERUSER_PASSWORD);
    Process initdb =
        builder(
                program(
                    "initdb",
                    "--pgdata=" + data(),
                    "--username=" + SUPERUSER,
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--no-sync"))
            .start();
    String output;
    try (InputStream in = initdb.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (join(initdb) != 0) {
      throw new IllegalStateException("initdb failed: " + output);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Starts it, again after it was killed; returns when it takes connections. */
  public void launch() {
    for (int attempt = 1; ; attempt++) {
      try {
        launchOnce();
        return;
      } catch (IllegalStateException e) {
        // A session that began while it was killed ends when it notices, and keeps the memory until
        // then.
        if (attempt == LAUNCHES || !String.valueOf(e.getMessage()).contains("shared memory")) {
          throw e;
        }
      }
    }
  }

  private void launchOnce() {
    List<String> command = program("postgres", "-D", data().toString(), "-p", "" + port);
    List<String> all = new ArrayList<>(Settings.FAST);
    all.addAll(settings);
    for (String setting : all) {
      command.addAll(List.of("-c", setting));
    }
    try {
      Process started = builder(command).start();
      process = Optional.of(started);
      Log log = new Log(started);
      Thread.ofPlatform().daemon().name("log of PostgreSQL").start(log::read);
      log.awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a server has that nobody's data depends on. */
  private static final class Settings {
    static final List<String> FAST =
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "wal_level=logical",
            "fsync=off",
            "full_page_writes=off",
            "max_replication_slots=40",
            "max_wal_senders=40",
            "max_connections=120",
            "shared_buffers=64MB",
            "autovacuum=off",
            "timezone=UTC",
            "log_line_prefix=");
  }

  /** Ends it as a power failure would. */
  public void kill() {
    process.ifPresent(
        running -> {
          List<ProcessHandle> sessions = running.descendants().toList();
          // First who would begin another one.
          join(running.destroyForcibly());
          sessions.forEach(ProcessHandle::destroyForcibly);
          sessions.forEach(session -> session.onExit().join());
        });
    process = Optional.empty();
  }

  /** Ends it in order, so that it can be launched again. */
  public void stop() {
    // TERM would wait for every client to leave.
    process.ifPresent(
        running -> {
          signal(running, "INT");
          join(running);
        });
    process = Optional.empty();
  }

  private static void signal(Process running, String name) {
    try {
      join(new ProcessBuilder("kill", "-" + name, "" + running.pid()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int join(Process ending) {
    try {
      return ending.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL ends", e);
    }
  }

  public int port() {
    return port;
  }

  /** A new database of the application's, with tables made by these statements. */
  public TestDatabase database(String... statements) {
    String name = "app" + NAMES.incrementAndGet();
    run("postgres", "CREATE DATABASE " + name + " OWNER " + USER);
    TestDatabase database = new TestDatabase(this, name);
    database.run(statements);
    return database;
  }

  /** Runs statements as superuser. */
  public void run(String database, String... statements) {
    try (Connection connection = connect(database, SUPERUSER, SUPERUSER_PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  Connection connect(String database, String user, String password) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  /** Ends it, and removes its folder. */
  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server says; kept until it is ready, so that a start that failed can be explained. */
  private static final class Log {
    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean ended;

    Log(Process process) {
      this.process = process;
    }

    void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line;
        while ((line = lines.readLine()) != null) {
          if (ready.getCount() > 0) {
            said.append(line).append('\n');
          }
          if (line.contains("ready to accept connections")) {
            ready.countDown();
          }
        }
      } catch (IOException e) {
        said.append(e);
      } finally {
        ended = ready.getCount() > 0;
        ready.countDown();
      }
    }

    void awaitReady() {
      try {
        if (!ready.await(5, TimeUnit.MINUTES) || ended) {
          throw new IllegalStateException("PostgreSQL does not start: " + said);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while PostgreSQL starts", e);
      }
    }
  }
}
