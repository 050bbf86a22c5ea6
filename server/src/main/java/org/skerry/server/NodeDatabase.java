package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every command needs that asks a running node about one of its databases. */
final class NodeDatabase {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  @Parameters(
      index = "0",
      paramLabel = "DATABASE",
      description = "URL of the database: http://host:port/name.")
  String url = "";

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description = "File with name:password, to keep them off the command line.")
  @Nullable Path auth;

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  /** A client of the database; close it. */
  NodeClient client() throws IOException {
    try {
      return NodeClient.of(url, auth);
    } catch (IllegalArgumentException e) {
      throw misuse("DATABASE is no URL: expected http://host:port/name", e);
    }
  }

  /** The answer to a question that is always answered. */
  static JsonNode get(NodeClient client, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body());
  }

  /** Tells what became of a wish about a conflict. */
  int report(HttpResponse<String> answer) {
    JsonNode told = MAPPER.readTree(answer.body());
    if (answer.statusCode() == 201) {
      out().println("done: " + told.path("settlement").asString(told.path("leaves").toString()));
      return 0;
    }
    commandLine()
        .getErr()
        .println(
            "skerry: "
                + told.path("error").asString("")
                + ": "
                + told.path("reason").asString(answer.body()));
    return Main.FAILED;
  }

  /** A value that somebody typed. */
  JsonNode value(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw misuse("no JSON: " + json, e);
    }
  }

  private ParameterException misuse(String problem, Throwable cause) {
    return new ParameterException(commandLine(), problem, cause);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs it");
    }
    return spec.commandLine();
  }

  PrintWriter out() {
    return commandLine().getOut();
  }
}
