package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code skerry run}: tells a running node to do scheduled replications now, whatever they wait
 * for; names none: shows how they stand.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a node's scheduled replications run now: those that wait need not wait any longer,"
          + " those that are done begin again.",
      "Without a name, shows how they stand. Ends with status 1 when one that was named is not"
          + " there."
    })
final class Run implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final String DOCUMENTS = "/_scheduler/docs/_replicator";

  @Parameters(index = "0", paramLabel = "NODE", description = "URL of the node.")
  String node = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "A document of _replicator, or the id of a replication.")
  List<String> names = List.of();

  @Option(names = "--all", description = "All documents of _replicator.")
  boolean all;

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description = "File with name:password, to keep them off the command line.")
  @Nullable Path auth;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (NodeClient client = client()) {
      if (names.isEmpty() && !all) {
        return show(documents(client));
      }
      boolean found = true;
      for (String name : all ? named(documents(client)) : names) {
        found &= run(client, name);
      }
      return found ? 0 : Main.FAILED;
    }
  }

  private boolean run(NodeClient client, String name) throws IOException, InterruptedException {
    String encoded = NodeClient.encoded(name);
    for (String path :
        List.of(DOCUMENTS + "/" + encoded + "/_run", "/_scheduler/jobs/" + encoded + "/_run")) {
      HttpResponse<String> answer = client.send("POST", path, "");
      if (answer.statusCode() == 202) {
        out().println(name + ": runs");
        return true;
      }
      if (answer.statusCode() != 404) {
        throw NodeClient.unexpected(answer);
      }
    }
    out().println(name + ": there is no such document of _replicator, and no such replication");
    return false;
  }

  private static JsonNode documents(NodeClient client) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send("GET", DOCUMENTS, "");
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body()).path("docs");
  }

  private static List<String> named(JsonNode documents) {
    return documents.valueStream().map(one -> one.path("doc_id").asString("")).toList();
  }

  private int show(JsonNode documents) {
    for (JsonNode one : documents) {
      JsonNode info = one.path("info");
      String more =
          info.has("error")
              ? info.path("error").asString("")
              : String.format(
                  Locale.ROOT,
                  "written %s, pending %s, refused %s",
                  info.path("docs_written").asString("0"),
                  info.path("changes_pending").asString("0"),
                  info.path("doc_write_failures").asString("0"));
      out()
          .println(
              one.path("doc_id").asString("")
                  + ": "
                  + one.path("state").asString("")
                  + " since "
                  + one.path("last_updated").asString("")
                  + ", "
                  + more);
    }
    return 0;
  }

  private NodeClient client() throws IOException {
    try {
      return NodeClient.of(node, auth);
    } catch (IllegalArgumentException e) {
      String problem = "NODE is no URL: expected http://host:port";
      if (spec == null) {
        throw new IllegalStateException(problem, e);
      }
      throw new ParameterException(spec.commandLine(), problem, e);
    }
  }

  private PrintWriter out() {
    return spec == null
        ? new PrintWriter(System.out, true, System.out.charset())
        : spec.commandLine().getOut();
  }
}
