package org.skerry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.exchange.DescriptionCheck;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry exchange}: a running node's exchanges with servers that are no replicas. */
@Command(
    name = "exchange",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how it stands with servers with which a node exchanges records, has it exchange now,"
          + " lists what was done, tries again what was set aside, and checks descriptions."
    })
final class ExchangeCommand extends NodeCommand {
  private static final String NODE = "URL of the node: http://host:port.";
  private static final String PARTNER = "The partner's name.";
  private static final String STATUS = "/_exchange/_status";

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Shows each partner and direction, and what was set aside. Ends with status 1 when a"
            + " direction waits for its partner, or a record lies until somebody asks."
      })
  int status(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "PARTNER", arity = "0..1", description = PARTNER)
          @Nullable String partner,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      String query = partner == null ? "" : "?partner=" + NodeClient.encoded(partner);
      JsonNode partners = get(client, STATUS + query).path("partners");
      if (partners.isEmpty()) {
        out().println(partner == null ? "no partners" : "there is no partner " + partner);
        return partner == null ? 0 : Main.FAILED;
      }
      boolean well = true;
      for (JsonNode one : partners) {
        well &= show(one);
      }
      return well ? 0 : Main.FAILED;
    }
  }

  private boolean show(JsonNode partner) {
    out()
        .println(
            partner.path("partner").asString("")
                + ": "
                + partner.path("database").asString("")
                + " with "
                + partner.path("base").asString(""));
    boolean well = true;
    for (String direction : List.of("pull", "push")) {
      JsonNode lane = partner.path(direction);
      if (!lane.isMissingNode()) {
        out().println("  " + direction + ": " + words(lane));
        well &= !lane.has("error");
      }
    }
    for (JsonNode letter : partner.path("letters")) {
      boolean again = letter.has("next");
      well &= again;
      out()
          .println(
              "  set aside: "
                  + letter.path("resource").asString("")
                  + " ("
                  + letter.path("operation").asString("")
                  + ", "
                  + letter.path("attempts").asInt(0)
                  + " attempts, "
                  + (again ? "next " + letter.path("next").asString("") : "waits to be asked for")
                  + "): "
                  + letter.path("problem").asString(""));
    }
    return well;
  }

  private static String words(JsonNode lane) {
    List<String> words = new ArrayList<>();
    if (lane.path("running").asBoolean(false)) {
      words.add("running");
    }
    words.add(
        lane.has("error")
            ? "waits: " + lane.path("error").asString("")
            : lane.has("last_success")
                ? "done at " + lane.path("last_success").asString("")
                : "not run yet");
    if (lane.has("next")) {
      words.add("next " + lane.path("next").asString(""));
    }
    if (lane.path("pending").asLong(0) > 0) {
      words.add(lane.path("pending").asLong() + " changes to look at");
    }
    return String.join(", ", words);
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Has a partner's exchange run now, and not by its schedule.")
  int run(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "PARTNER", description = PARTNER) String partner,
      @Option(names = "--direction", description = "pull or push; otherwise both.")
          @Nullable String direction,
      @Option(names = "--category", description = "Only this one.") @Nullable String category,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    List<String> query = new ArrayList<>();
    Optional.ofNullable(direction)
        .ifPresent(text -> query.add("direction=" + NodeClient.encoded(text)));
    Optional.ofNullable(category)
        .ifPresent(text -> query.add("category=" + NodeClient.encoded(text)));
    String path = STATUS + "/" + NodeClient.encoded(partner) + "/run?" + String.join("&", query);
    try (NodeClient client = node(node, auth)) {
      return report(client.send("POST", path, ""), partner + ": runs");
    }
  }

  @Command(
      name = "messages",
      mixinStandardHelpOptions = true,
      description = {
        "Lists what was exchanged, newest first; or shows one message, with what was asked of the"
            + " partner and its answers."
      })
  int messages(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "UUID", arity = "0..1", description = "One message.")
          @Nullable String uuid,
      @ArgGroup(exclusive = false) ExchangeMessages.@Nullable Wanted wanted,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      ExchangeMessages messages = new ExchangeMessages(client, out());
      if (uuid == null) {
        messages.list(wanted == null ? new ExchangeMessages.Wanted() : wanted);
      } else {
        messages.show(uuid);
      }
      return 0;
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = {
        "Tries records again that were set aside: those that are named, or all. Ends with status"
            + " 1 when some are still set aside."
      })
  int retry(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "PARTNER", description = PARTNER) String partner,
      @Parameters(paramLabel = "RECORD", arity = "0..*", description = "As Patient/1.")
          @Nullable List<String> records,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    ObjectNode wish = MAPPER.createObjectNode();
    if (records != null && !records.isEmpty()) {
      ArrayNode list = wish.putArray("resources");
      records.forEach(list::add);
    }
    try (NodeClient client = node(node, auth)) {
      String path = STATUS + "/" + NodeClient.encoded(partner) + "/retry";
      var answer = client.send("POST", path, wish.toString());
      if (answer.statusCode() != 200) {
        return report(answer, "");
      }
      long left = MAPPER.readTree(answer.body()).path("left").asLong();
      out().println(left == 0 ? "all is done" : left + " are still set aside");
      return left == 0 ? 0 : Main.FAILED;
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Says what is wrong with a partner's description, or with a configuration file of OpenMRS"
            + " Sync 2.0; asks no node."
      })
  int check(
      @Parameters(paramLabel = "FILE", description = "The JSON file.") Path file,
      @Option(names = "--name", description = "What the partner shall be called.")
          @Nullable String name,
      @Option(names = "--database", description = "For a file of Sync 2.0, which names none.")
          @Nullable String database)
      throws IOException {
    List<String> problems =
        DescriptionCheck.problems(
            name == null ? "partner" : name,
            Files.readAllBytes(file),
            Optional.ofNullable(database));
    problems.forEach(problem -> out().println(problem));
    if (problems.isEmpty()) {
      out().println("it describes a partner");
    }
    return problems.isEmpty() ? 0 : Main.FAILED;
  }
}
