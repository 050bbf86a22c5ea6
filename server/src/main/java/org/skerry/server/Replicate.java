package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import org.skerry.replication.Peers;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.ReplicationStatus;
import org.skerry.replication.Replicator;
import org.skerry.replication.Surroundings;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.Peer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code skerry replicate}: replicates between two servers from the terminal, and says how it goes.
 */
@Command(
    name = "replicate",
    mixinStandardHelpOptions = true,
    description = {
      "Replicates from one database to another: Skerry, CouchDB, or anything that speaks their"
          + " protocol.",
      "Ends with status 0 when all is there; 1 when it could not be, or the target refused"
          + " documents."
    })
final class Replicate implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "URL of the database to read.")
  String source = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "URL of the database to write.")
  String target = "";

  @Option(names = "--live", description = "Go on when all is there, until Ctrl-C.")
  boolean live;

  @Option(names = "--create-target", description = "Create the target when it does not exist.")
  boolean createTarget;

  @Option(names = "--winning-revs-only", description = "Leave the losers of conflicts out.")
  boolean winnersOnly;

  @Option(
      names = "--doc-ids",
      split = ",",
      paramLabel = "ID",
      description = "Only these documents.")
  List<String> ids = List.of();

  @Option(names = "--selector", paramLabel = "JSON", description = "Only what a selector matches.")
  @Nullable String selector;

  @Option(
      names = "--filter",
      paramLabel = "DDOC/NAME",
      description = "Only what a filter of the source lets pass.")
  @Nullable String filter;

  @Option(names = "--since", paramLabel = "SEQ", description = "Begin after this sequence.")
  @Nullable String since;

  @Option(
      names = "--source-auth-file",
      paramLabel = "FILE",
      description = "File with name:password for the source, to keep them off the command line.")
  @Nullable Path sourceAuth;

  @Option(
      names = "--target-auth-file",
      paramLabel = "FILE",
      description = "File with name:password for the target.")
  @Nullable Path targetAuth;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReplicationSpec wanted = ReplicationSpec.parse(json());
    Logging.start("error");
    try (Peers peers = new Peers(Replicate::noLocal);
        Replicator replicator = new Replicator("skerry-replicate", peers, Surroundings.system())) {
      Replication replication = replicator.start(wanted);
      CountDownLatch ended = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> join(replicator, wanted, ended));
      Runtime.getRuntime().addShutdownHook(new Thread(replicator::close, "stop"));
      while (!ended.await(1, TimeUnit.SECONDS)) {
        out().println(line(replication.status()));
      }
      return report(replication);
    }
  }

  /** This program is no node: it has no databases of its own. */
  private static Peer noLocal(Endpoint.Local local) {
    throw new IllegalArgumentException("not a URL: " + local.name());
  }

  private static void join(Replicator replicator, ReplicationSpec wanted, CountDownLatch ended) {
    try {
      replicator.run(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private int report(Replication replication) {
    ReplicationStatus status = replication.status();
    out().println(line(status));
    status
        .refusals()
        .forEach(
            refusal ->
                out()
                    .println(
                        "refused: "
                            + refusal.id()
                            + " "
                            + refusal.rev()
                            + ": "
                            + refusal.error()
                            + ", "
                            + refusal.reason()));
    boolean whole = status.state() != Replication.State.FAILED && status.refusals().isEmpty();
    return whole ? 0 : Main.FAILED;
  }

  private static String line(ReplicationStatus status) {
    return String.format(
        Locale.ROOT,
        "%s: read %d, written %d, refused %d, pending %s, %.0f/s%s",
        status.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        status.counts().docsRead(),
        status.counts().docsWritten(),
        status.counts().docWriteFailures(),
        status.pending() < 0 ? "unknown" : Long.toString(status.pending()),
        status.perSecond(),
        status.lastError().map(error -> ", last error: " + error).orElse(""));
  }

  private ObjectNode json() throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.set("source", endpoint(source, sourceAuth));
    json.set("target", endpoint(target, targetAuth));
    json.put("continuous", live);
    json.put("create_target", createTarget);
    json.put("winning_revs_only", winnersOnly);
    if (!ids.isEmpty()) {
      ArrayNode list = json.putArray("doc_ids");
      ids.forEach(list::add);
    }
    if (selector != null) {
      try {
        json.set("selector", MAPPER.readTree(selector));
      } catch (JacksonException e) {
        throw misuse("--selector is no JSON: " + e.getOriginalMessage());
      }
    }
    if (filter != null) {
      json.put("filter", filter);
    }
    if (since != null) {
      json.put("since_seq", since);
    }
    return json;
  }

  private ObjectNode endpoint(String url, @Nullable Path auth) throws IOException {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw misuse("\"" + url + "\" is no URL: expected http://host:port/database");
    }
    ObjectNode endpoint = MAPPER.createObjectNode().put("url", url);
    if (auth != null) {
      String line = Files.readString(auth).strip();
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw misuse(auth + ": expected name:password");
      }
      endpoint
          .putObject("auth")
          .putObject("basic")
          .put("username", line.substring(0, colon))
          .put("password", line.substring(colon + 1));
    }
    return endpoint;
  }

  private ParameterException misuse(String problem) {
    if (spec == null) {
      throw new IllegalStateException(problem);
    }
    return new ParameterException(spec.commandLine(), problem);
  }

  private PrintWriter out() {
    return spec == null
        ? new PrintWriter(System.out, true, System.out.charset())
        : spec.commandLine().getOut();
  }
}
