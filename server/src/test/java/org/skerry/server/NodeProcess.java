package org.skerry.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real program in a process of its own, from the packaged jar, with a client. */
final class NodeProcess implements AutoCloseable {
  static final String PASSWORD = "not a secret in a test";

  static final Path PROGRAM = Path.of("target", "skerry-server.jar").toAbsolutePath();

  private static final Pattern READY = Pattern.compile("listens on (http://\\S+),");

  private final Process process;
  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private NodeProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts a node on a folder and waits until it listens. */
  static NodeProcess start(Path data) throws IOException {
    return start(data, 0);
  }

  /** Starts a node on a folder and a port. */
  static NodeProcess start(Path data, int port) throws IOException {
    return start(data, port, List.of("-Xmx256m"));
  }

  /** Starts a node that may have so many files open. */
  static NodeProcess startWithHandles(Path data, int handles) throws IOException {
    String limit = "ulimit -n " + handles + " && exec \"$@\"";
    return start(List.of("sh", "-c", limit, "sh"), data, 0, withClasses(List.of("-Xmx256m")));
  }

  /** Starts a node on a folder and a port, in a JVM with those options. */
  static NodeProcess start(Path data, int port, List<String> options) throws IOException {
    return start(List.of(), data, port, withClasses(options));
  }

  /** Starts a node in a JVM with those options, which loads its classes by itself. */
  static NodeProcess startAlone(Path data, List<String> options) throws IOException {
    return start(List.of(), data, 0, options);
  }

  private static List<String> withClasses(List<String> options) throws IOException {
    List<String> all = new ArrayList<>(NodeClasses.flags());
    all.addAll(options);
    return all;
  }

  private static NodeProcess start(List<String> before, Path data, int port, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The small compiler alone: these nodes do not live long enough for the other.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-jar", PROGRAM.toString(), "serve", "--data", data.toString()));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--config", QuickSettings.file().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SKERRY_ADMIN_PASSWORD", PASSWORD);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        // Reading a pipe holds the carrier of a virtual thread.
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(System.err::println));
        return new NodeProcess(process, URI.create(ready.group(1)));
      }
    }
    throw new IOException("the node did not start:\n" + said);
  }

  URI url() {
    return url;
  }

  /** The URL with the administrator's credentials. */
  String urlWithCredentials() {
    return "http://admin:" + PASSWORD.replace(" ", "%20") + "@127.0.0.1:" + url.getPort();
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** The client for requests that are not sent as a whole, or not answered at once. */
  HttpClient client() {
    return client;
  }

  /** A request in the administrator's name. */
  HttpRequest.Builder request(String path) {
    String credentials =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(Duration.ofMinutes(10))
        .header("Authorization", "Basic " + credentials);
  }

  /** The body of an answer that must be a success. */
  String expect(int status, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() != status) {
      throw new AssertionError(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** From now on the process may have so many files open, whatever it has. */
  void limitHandles(int handles) throws IOException, InterruptedException {
    String[] command = {"prlimit", "--pid", "" + process.pid(), "--nofile=" + handles + ":"};
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("the limit of file handles could not be set");
    }
  }

  /** SIGKILL: nothing is flushed, nothing is said. Whoever still waits for an answer gets none. */
  void kill() {
    process.destroyForcibly();
    await();
    client.shutdownNow();
  }

  private void await() {
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the node does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /** SIGTERM, and waits. */
  @Override
  public void close() {
    client.close();
    // By its handle: that leaves its output open, to which it may have something to say.
    process.toHandle().destroy();
    await();
  }
}
