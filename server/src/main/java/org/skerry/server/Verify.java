package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      "With SITE or DATABASE alone the site's node is asked, which knows its centre from the"
          + " document of _replicator that pulls from it. With CENTRE both are asked from here.",
      "Ends with status 0 when they are equal, or were made so by --repair; with 1 otherwise."
    })
final class Verify implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SITE|DATABASE",
      description =
          "The name as which --node is a site of its centre; or the URL of the site's database:"
              + " http://host:port/name.")
  String database = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CENTRE",
      description =
          "URL of the centre's database; whoever signs in there decides what is compared.")
  @Nullable String centre;

  @Option(
      names = "--node",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:5984",
      description = "URL of the site's node, for SITE. By default ${DEFAULT-VALUE}.")
  String node = "";

  @Option(
      names = "--repair",
      description = "Let the site's node pull and push exactly the documents that differ.")
  boolean repair;

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description =
          "File with name:password for DATABASE or --node, to keep them off the command line.")
  @Nullable Path auth;

  @Option(
      names = "--centre-auth-file",
      paramLabel = "FILE",
      description = "File with name:password for CENTRE.")
  @Nullable Path centreAuth;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DifferencesOut shown = new DifferencesOut(out());
    if (centre != null) {
      try (NodeClient here = client(database, auth, "DATABASE");
          NodeClient there = client(centre, centreAuth, "CENTRE")) {
        return new VerifyBoth(here, there, shown)
            .run(new VerifyBoth.Places(database, auth, centre, centreAuth), repair);
      }
    }
    if (database.contains("://")) {
      try (NodeClient here = client(database, auth, "DATABASE")) {
        return new VerifyByNode(shown, repair).database(here);
      }
    }
    try (NodeClient here = client(node, auth, "--node")) {
      return new VerifyByNode(shown, repair).site(here, database);
    }
  }

  private NodeClient client(String url, @Nullable Path file, String what) throws IOException {
    try {
      return NodeClient.of(url, file);
    } catch (IllegalArgumentException e) {
      String expected = what.equals("--node") ? "http://host:port" : "http://host:port/name";
      String problem = what + " is no URL of a database or node: expected " + expected;
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
