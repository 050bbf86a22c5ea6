package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Difference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code skerry verify}: whether a site and its centre hold the same, or any two databases; and if
 * not, what differs.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a site's database with its centre's, signed in there as the site: says that they"
          + " are equal, or which documents differ.",
      "Ends with status 0 when they are equal, or were made so by --repair; with 1 otherwise."
    })
final class Verify implements Callable<Integer> {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST = 10_000;

  /** So many documents are repaired by one replication. */
  private static final int TOGETHER = 500;

  @Parameters(
      index = "0",
      paramLabel = "DATABASE",
      description = "URL of the site's database: http://host:port/name.")
  String database = "";

  @Parameters(
      index = "1",
      paramLabel = "CENTRE",
      description =
          "URL of the centre's database; whoever signs in there decides what is compared.")
  String centre = "";

  @Option(
      names = "--repair",
      description = "Let the site's node pull and push exactly the documents that differ.")
  boolean repair;

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description = "File with name:password for DATABASE, to keep them off the command line.")
  @Nullable Path auth;

  @Option(
      names = "--centre-auth-file",
      paramLabel = "FILE",
      description = "File with name:password for CENTRE.")
  @Nullable Path centreAuth;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (NodeClient here = client(database, auth, "DATABASE");
        NodeClient there = client(centre, centreAuth, "CENTRE")) {
      Comparison.Result result = compare(here, there);
      show(result);
      if (result.equal() || !repair) {
        return result.equal() ? 0 : Main.FAILED;
      }
      repair(result.differences());
      Comparison.Result after = compare(here, there);
      out().println("After the repair:");
      show(after);
      return after.equal() ? 0 : Main.FAILED;
    }
  }

  private Comparison.Result compare(NodeClient here, NodeClient there) throws IOException {
    return new Comparison(
            new NodeSide(here, shown(database)), new NodeSide(there, shown(centre)), MOST)
        .run();
  }

  private void show(Comparison.Result result) {
    if (result.equal()) {
      out().println("equal");
      return;
    }
    for (Difference one : result.differences()) {
      out().println(one.id());
      out().println("  here   " + leaves(one.here()));
      out().println("  centre " + leaves(one.there()));
      out().println("  " + advice(one));
    }
    out()
        .println(
            (result.complete() ? "" : "more than ")
                + result.differences().size()
                + " documents differ");
  }

  private static String leaves(List<String> leaves) {
    return leaves.isEmpty() ? "not there, or deleted" : String.join(", ", leaves);
  }

  private static String advice(Difference one) {
    if (one.here().isEmpty()) {
      return "the site has to pull it";
    }
    if (one.there().isEmpty()) {
      return "the site has to push it; or it left the subset, and the site has to pull that";
    }
    return "both have to replicate, in both directions";
  }

  private void repair(List<Difference> differences) throws IOException, InterruptedException {
    URI uri = URI.create(database);
    String path = uri.getRawPath().replaceAll("/+$", "");
    int slash = path.lastIndexOf('/');
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String node = uri.getScheme() + "://" + user + uri.getHost() + port + path.substring(0, slash);
    String name = URLDecoder.decode(path.substring(slash + 1), StandardCharsets.UTF_8);
    try (NodeClient client = client(node, auth, "DATABASE")) {
      for (int from = 0; from < differences.size(); from += TOGETHER) {
        List<Difference> some =
            differences.subList(from, Math.min(differences.size(), from + TOGETHER));
        replicate(client, some, remote(), MAPPER.getNodeFactory().stringNode(name));
        replicate(client, some, MAPPER.getNodeFactory().stringNode(name), remote());
      }
    }
  }

  /** The centre, with what the site's node needs to sign in there. */
  private JsonNode remote() throws IOException {
    ObjectNode remote = MAPPER.createObjectNode().put("url", shown(centre));
    Optional<String> both =
        centreAuth == null
            ? Optional.ofNullable(URI.create(centre).getUserInfo())
            : Optional.of(Files.readString(centreAuth).strip());
    both.ifPresent(
        known -> {
          int colon = known.indexOf(':');
          remote
              .putObject("auth")
              .putObject("basic")
              .put("username", colon < 0 ? known : known.substring(0, colon))
              .put("password", colon < 0 ? "" : known.substring(colon + 1));
        });
    return remote;
  }

  private void replicate(
      NodeClient client, List<Difference> differences, JsonNode source, JsonNode target)
      throws IOException, InterruptedException {
    ObjectNode request = MAPPER.createObjectNode();
    request.set("source", source);
    request.set("target", target);
    differences.forEach(one -> request.withArray("doc_ids").add(one.id()));
    // These documents have been passed before, and are looked at again.
    request.put("use_checkpoints", false);
    HttpResponse<String> answer = client.send("POST", "/_replicate", request.toString());
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    for (JsonNode session : MAPPER.readTree(answer.body()).path("history")) {
      long refused = session.path("doc_write_failures").asLong(0);
      if (refused > 0) {
        out().println(refused + " documents were refused: see _scheduler/refused of the node");
      }
    }
  }

  /** Without credentials. */
  private static String shown(String url) {
    return url.replaceFirst("//[^/@]*@", "//").replaceAll("/+$", "");
  }

  private NodeClient client(String url, @Nullable Path file, String what) throws IOException {
    try {
      return NodeClient.of(url, file);
    } catch (IllegalArgumentException e) {
      String problem = what + " is no URL of a database: expected http://host:port/name";
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
