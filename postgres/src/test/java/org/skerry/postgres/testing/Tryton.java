package org.skerry.postgres.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skerry.postgres.rpc.RpcAccess;
import org.skerry.postgres.rpc.RpcSession;

/**
 * A Tryton 6.0 of Debian's packages: a database of its own, as its first user finds it, and a
 * server on it. It is used as its own client uses it: by JSON-RPC.
 */
public final class Tryton implements AutoCloseable {
  /** Who may do everything. */
  public static final String USER = "admin";

  private static final int SAID = 200;

  private final TestDatabase database;
  private final Path folder;
  private final Process process;
  private final RpcAccess access;

  private Tryton(TestDatabase database, Path folder, Process process, RpcAccess access) {
    this.database = database;
    this.folder = folder;
    this.process = process;
    this.access = access;
  }

  /** Starts one on a new database of that name, and waits until it listens. */
  public static Tryton start(PostgresServer postgres, String database) {
    TrytonTemplate.in(postgres);
    postgres.run(
        "postgres",
        "CREATE DATABASE "
            + database
            + " OWNER "
            + PostgresServer.USER
            + " TEMPLATE "
            + TrytonTemplate.NAME);
    return on(new TestDatabase(postgres, database));
  }

  /** Starts one on a database that is there. */
  public static Tryton on(TestDatabase database) {
    try {
      Path folder = Files.createTempDirectory("skerry-tryton");
      int port = freePort();
      Path configuration = configuration(folder, database.server(), port);
      Process process =
          new ProcessBuilder("trytond", "-c", configuration.toString(), "-d", database.name(), "-v")
              .redirectErrorStream(true)
              .start();
      Log log = new Log(process);
      Thread.ofPlatform().daemon().name("log of Tryton").start(log::read);
      log.awaitReady();
      URI url = URI.create("http://127.0.0.1:" + port + "/" + database.name() + "/");
      return new Tryton(
          database, folder, process, new RpcAccess(url, USER, TrytonTemplate.ADMIN_PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static Path configuration(Path folder, PostgresServer postgres, int port) throws IOException {
    return Files.writeString(
        folder.resolve("trytond.conf"),
        """
        [web]
        listen = 127.0.0.1:%d
        [database]
        uri = postgresql://%s:%s@127.0.0.1:%d
        path = %s
        [session]
        authentications = password
        max_attempt = 1000
        super_pwd =
        """
            .formatted(
                port, PostgresServer.USER, PostgresServer.PASSWORD, postgres.port(), folder));
  }

  public TestDatabase database() {
    return database;
  }

  /** Where its RPC is, and its administrator. */
  public RpcAccess access() {
    return access;
  }

  /** A session as somebody at a desk has one. */
  public RpcSession session() {
    return new RpcSession(access);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Processes.join(process.destroyForcibly());
    Processes.delete(folder);
  }

  /** What the server says; the last of it explains a start that failed. */
  private static final class Log {
    private final Process process;
    private final Deque<String> said = new ArrayDeque<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean ended;

    Log(Process process) {
      this.process = process;
    }

    void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line;
        while ((line = lines.readLine()) != null) {
          keep(line);
          if (line.contains("Running on http")) {
            ready.countDown();
          }
        }
      } catch (IOException e) {
        keep(e.toString());
      } finally {
        ended = ready.getCount() > 0;
        ready.countDown();
      }
    }

    private synchronized void keep(String line) {
      if (said.size() == SAID) {
        said.removeFirst();
      }
      said.addLast(line);
    }

    private synchronized String said() {
      return String.join("\n", said);
    }

    void awaitReady() {
      try {
        if (!ready.await(5, TimeUnit.MINUTES) || ended) {
          throw new IllegalStateException("Tryton does not start: " + said());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while Tryton starts", e);
      }
    }
  }
}
