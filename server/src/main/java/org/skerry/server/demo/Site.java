package org.skerry.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place with a node of its own, which is a process of its own. */
final class Site {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+?),? ");
  private static final int LAST_LINES = 5;

  private final String name;
  private final Credentials credentials;
  private final Path log;
  private final String url;
  private final CouchClient client;

  private Site(Launch launch, String url) {
    this.name = launch.name;
    this.credentials = launch.credentials;
    this.log = launch.log;
    this.url = url;
    this.client = new CouchClient(name, url, credentials);
  }

  /** A process that was started and may not listen yet. */
  static final class Launch {
    private final String name;
    private final Credentials credentials = Credentials.random();
    private final Path log;
    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    /**
     * Starts the process.
     *
     * @param folder where it may keep its data, log and password
     * @param options more than every node has
     */
    Launch(String name, Path folder, List<String> options) {
      this.name = name;
      this.log = folder.resolve(name.replace(' ', '-') + ".log");
      try {
        Path password = folder.resolve(name.replace(' ', '-') + ".password");
        Files.createFile(
            password,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, credentials.password());
        Path data = folder.resolve(name.replace(' ', '-'));
        this.process = NodeCommand.of(data, password, log, options).start();
      } catch (IOException e) {
        throw new DemoException(name + " cannot be started: " + e.getMessage(), e);
      }
      // Reading a pipe holds the carrier of a virtual thread.
      Thread.ofPlatform().daemon().name(name + " output").start(this::read);
    }

    /** Reads what the process prints until it ends, so that it never waits for a reader. */
    private void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher listens = LISTENS.matcher(line);
          if (listens.find()) {
            url.complete(listens.group(1));
          }
        }
        url.completeExceptionally(new DemoException(name + " ended before it listened"));
      } catch (IOException e) {
        url.completeExceptionally(e);
      }
    }

    /** Waits until the node listens. */
    Site ready() {
      try {
        return new Site(this, url.get(START.toSeconds(), TimeUnit.SECONDS));
      } catch (TimeoutException e) {
        throw failure("does not listen after " + START.toSeconds() + " s", e);
      } catch (ExecutionException e) {
        throw failure("did not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure("was not awaited", e);
      }
    }

    private DemoException failure(String what, Exception cause) {
      end(process);
      return new DemoException(name + " " + what + "; its log ends: " + lastLines(log), cause);
    }

    /** Ends the process. */
    void stop() {
      end(process);
    }
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  Credentials credentials() {
    return credentials;
  }

  CouchClient client() {
    return client;
  }

  /** The last things that the node said, when something went wrong. */
  Optional<String> complaints() {
    String lines = lastLines(log);
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
