package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry conflicts}: lists, shows, settles and undoes, through a running node. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    description = {
      "Lists a database's open conflicts, shows one, settles it, or opens a settled one again."
    })
final class ConflictsCommand implements Runnable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String DATABASE = "URL of the database: http://host:port/name.";
  private static final String AUTH = "File with name:password, to keep them off the command line.";
  private static final int PAGE = 500;

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    commandLine().usage(out());
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists open conflicts.")
  int list(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Option(names = "--kind", description = "Only of this kind: Patient.") @Nullable String kind,
      @Option(names = "--min-age", description = "Only older ones, in seconds.")
          @Nullable Long minAge,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    StringBuilder filter = new StringBuilder("/_conflicts?limit=" + PAGE);
    if (kind != null) {
      filter.append("&kind=").append(NodeClient.encoded(kind));
    }
    if (minAge != null) {
      filter.append("&min_age=").append(minAge);
    }
    try (NodeClient client = client(database, auth)) {
      String bookmark = "";
      do {
        JsonNode page = get(client, filter + bookmark);
        for (JsonNode row : page.path("rows")) {
          out()
              .printf(
                  "%s  %-24s %s  %s: %s%n",
                  row.path("since").asString(""),
                  row.path("kind").asString(""),
                  row.path("id").asString(""),
                  row.path("state").asString(""),
                  row.path("reason").asString(""));
        }
        bookmark = page.path("bookmark").asString("");
        if (bookmark.isEmpty()) {
          out().println(page.path("matching").asLong() + " open conflicts");
        } else {
          bookmark = "&bookmark=" + NodeClient.encoded(bookmark);
        }
      } while (!bookmark.isEmpty());
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one conflict: what differs, and what the policy makes of it.")
  int show(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "ID", description = "The document.") String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = client(database, auth)) {
      JsonNode conflict = get(client, "/_conflicts/" + NodeClient.encoded(id));
      out().println(id + ": " + conflict.path("reason").asString(""));
      List<String> leaves = leaves(conflict);
      for (int i = 0; i < leaves.size(); i++) {
        out().println("  " + (i + 1) + "  " + leaves.get(i) + (i == 0 ? "  (winner)" : ""));
      }
      for (JsonNode member : conflict.path("members")) {
        boolean open = member.path("open").asBoolean(false);
        out().println((open ? "? " : "  ") + member.path("path").asString(""));
        out().println("      was  " + member.path("ancestor"));
        int side = 1;
        for (JsonNode value : member.path("values")) {
          out().println("      " + side + "    " + value);
          side++;
        }
        if (!open) {
          out().println("      →    " + member.path("result") + removed(member));
        }
      }
      return 0;
    }
  }

  private static String removed(JsonNode member) {
    return member.path("removed").asBoolean(false) ? "(removed)" : "";
  }

  private static List<String> leaves(JsonNode conflict) {
    List<String> leaves = new ArrayList<>();
    conflict.path("leaves").forEach(leaf -> leaves.add(leaf.path("rev").asString("")));
    return leaves;
  }

  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = {
        "Settles a conflict: by a version, or by the policy's merge with choices about members, or"
            + " by a text of your own. Versions are named by their revision, or by their number in"
            + " what `show` shows."
      })
  int settle(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "ID", description = "The document.") String id,
      @Option(names = "--choose", paramLabel = "VERSION", description = "This version as a whole.")
          @Nullable String choose,
      @Option(
              names = "--take",
              paramLabel = "MEMBER=VERSION",
              description = "A member from a version: --take /name=2. May be repeated.")
          @Nullable Map<String, String> take,
      @Option(
              names = "--set",
              paramLabel = "MEMBER=JSON",
              description = "A member with this value. May be repeated.")
          @Nullable Map<String, String> set,
      @Option(
              names = "--edit",
              paramLabel = "FILE",
              description = "The document as it stands in this file.")
          @Nullable Path edit,
      @Option(names = "--comment", description = "Is kept with the settlement.")
          @Nullable String comment,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    String path = "/_conflicts/" + NodeClient.encoded(id);
    try (NodeClient client = client(database, auth)) {
      List<String> leaves = leaves(get(client, path));
      ObjectNode wish = MAPPER.createObjectNode();
      leaves.forEach(wish.putArray("leaves")::add);
      if (comment != null) {
        wish.put("comment", comment);
      }
      String body = wish.toString();
      if (choose != null) {
        wish.put("choose", version(choose, leaves));
        body = wish.toString();
      } else if (edit != null) {
        // As it stands there, digits and all.
        String text = Files.readString(edit, StandardCharsets.UTF_8);
        value(text);
        body = body.substring(0, body.length() - 1) + ",\"doc\":" + text + "}";
      } else {
        ObjectNode members = wish.putObject("members");
        orEmpty(take).forEach((place, rev) -> members.put(place, version(rev, leaves)));
        orEmpty(set).forEach((place, json) -> members.putObject(place).set("value", value(json)));
        body = wish.toString();
      }
      return report(client.send("POST", path, body));
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : new LinkedHashMap<>(map);
  }

  private static String version(String text, List<String> leaves) {
    boolean number = text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= leaves.size();
    return number ? leaves.get(Integer.parseInt(text) - 1) : text;
  }

  private JsonNode value(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw misuse("no JSON: " + json, e);
    }
  }

  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = "Lists settlements, newest first: of a database, or of one document.")
  int history(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "ID", arity = "0..1", description = "The document.")
          @Nullable String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = client(database, auth)) {
      String of = id == null ? "" : "?doc=" + NodeClient.encoded(id);
      for (JsonNode row : get(client, "/_settlements" + of).path("rows")) {
        JsonNode by = row.path("by");
        String who =
            by.has("user")
                ? by.path("user").asString("") + " " + by.path("comment").asString("")
                : "policy " + by.path("rule").asString("") + " " + by.path("policy").asString("");
        out()
            .printf(
                "%s  %s  %s  by %s%s%n",
                row.path("seen").asString(""),
                row.path("id").asString(""),
                row.path("settlement").asString(""),
                who.strip(),
                row.path("undone").asBoolean(false) ? "  (undone)" : "");
      }
      return 0;
    }
  }

  @Command(
      name = "undo",
      mixinStandardHelpOptions = true,
      description = "Opens a settled conflict again; no policy touches it from then on.")
  int undo(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "ID", description = "The document.") String id,
      @Parameters(paramLabel = "SETTLEMENT", description = "As `history` shows it.")
          String settlement,
      @Option(names = "--comment", description = "Is kept with it.") @Nullable String comment,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    ObjectNode wish = MAPPER.createObjectNode().put("settlement", settlement);
    if (comment != null) {
      wish.put("comment", comment);
    }
    try (NodeClient client = client(database, auth)) {
      return report(
          client.send(
              "POST", "/_settlements/" + NodeClient.encoded(id) + "/_undo", wish.toString()));
    }
  }

  private int report(HttpResponse<String> answer) {
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

  private JsonNode get(NodeClient client, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body());
  }

  private NodeClient client(String database, @Nullable Path auth) throws IOException {
    try {
      return NodeClient.of(database, auth);
    } catch (IllegalArgumentException e) {
      throw misuse("DATABASE is no URL: expected http://host:port/name", e);
    }
  }

  private ParameterException misuse(String problem, Throwable cause) {
    return new ParameterException(commandLine(), problem, cause);
  }

  private picocli.CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli runs it");
    }
    return spec.commandLine();
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }
}
