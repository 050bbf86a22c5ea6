package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands that ask a running node have in common. */
abstract class NodeCommand implements Runnable {
  static final String AUTH = "File with name:password, to keep them off the command line.";
  static final JsonMapper MAPPER = JsonIn.mapper();

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    commandLine().usage(out());
  }

  /** A client of that URL, which the command line called by this name. */
  final NodeClient client(String url, String label, @Nullable Path auth) throws IOException {
    try {
      return NodeClient.of(url, auth);
    } catch (IllegalArgumentException e) {
      throw misuse(label + " is no URL of it: expected http://host:port/…", e);
    }
  }

  /**
   * A client of a node's URL, which the command line called {@code NODE}. Where it has a path, as
   * behind a proxy, the node is asked whether it is there.
   */
  final NodeClient node(String url, @Nullable Path auth) throws IOException, InterruptedException {
    NodeClient client = client(url, "NODE", auth);
    if (client.hasPath() && !isNode(client)) {
      client.close();
      throw misuse("NODE names a database, or nothing: expected http://host:port");
    }
    return client;
  }

  private static boolean isNode(NodeClient client) throws IOException, InterruptedException {
    HttpResponse<String> welcome = client.send("GET", "/", "");
    if (welcome.statusCode() == 401 || welcome.statusCode() == 403) {
      return true; // Whoever may not see it is told so by what is asked next.
    }
    try {
      return MAPPER.readTree(welcome.body()).has("couchdb");
    } catch (JacksonException e) {
      return false;
    }
  }

  /** A client of a database's URL, which the command line called {@code DATABASE}. */
  final NodeClient database(String url, @Nullable Path auth) throws IOException {
    NodeClient client = client(url, "DATABASE", auth);
    if (!client.hasPath()) {
      client.close();
      throw misuse("DATABASE names none: expected http://host:port/name");
    }
    return client;
  }

  static JsonNode get(NodeClient client, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body());
  }

  /** Says that it is done, or what the node said instead. */
  final int report(HttpResponse<String> answer, String done) {
    if (answer.statusCode() < 300) {
      out().println(done);
      return 0;
    }
    commandLine().getErr().println("skerry: " + NodeClient.refusal(answer));
    return Main.FAILED;
  }

  final ParameterException misuse(String problem, Throwable cause) {
    return new ParameterException(commandLine(), problem, cause);
  }

  final ParameterException misuse(String problem) {
    return new ParameterException(commandLine(), problem);
  }

  final CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs it");
    }
    return spec.commandLine();
  }

  final PrintWriter out() {
    return commandLine().getOut();
  }
}
