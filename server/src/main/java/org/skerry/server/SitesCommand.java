package org.skerry.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code skerry sites}: the sites and places of a running node. */
@Command(
    name = "sites",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, shows, adds, changes and removes the sites and places of a node, fetches documents"
          + " for a site, and shows what is held for it."
    })
final class SitesCommand extends NodeCommand {
  private static final String NODE = "URL of the node: http://host:port.";
  private static final String DATABASE = "URL of the database: http://host:port/name.";
  private static final String SITES = "/_sites";

  /** What a site or place has; those that are named are written. */
  static final class Members {
    @Option(names = "--name", description = "What people call it.")
    @Nullable String name;

    @Option(names = "--user", description = "Signs in as this site. May be repeated.")
    @Nullable List<String> users;

    @Option(names = "--role", description = "Whose users sign in as this site. May be repeated.")
    @Nullable List<String> roles;

    @Option(names = "--place", description = "Where it is; its own id otherwise. May be repeated.")
    @Nullable List<String> places;

    @Option(names = "--depth", description = "How many levels below its places it sees.")
    @Nullable Integer depth;

    @Option(names = "--database", description = "Only of these databases. May be repeated.")
    @Nullable List<String> databases;

    @Option(names = "--search", arity = "1", description = "true: may look beyond its part.")
    @Nullable Boolean search;

    @Option(names = "--parent", description = "Of a place: the place that it is in.")
    @Nullable String parent;

    void into(ObjectNode json) {
      Optional.ofNullable(name).ifPresent(text -> json.put("name", text));
      Optional.ofNullable(parent).ifPresent(text -> json.put("parent", text));
      Optional.ofNullable(depth).ifPresent(levels -> json.put("depth", levels));
      Optional.ofNullable(search).ifPresent(may -> json.put("search", may));
      texts(json, "users", users);
      texts(json, "roles", roles);
      texts(json, "place", places);
      texts(json, "databases", databases);
    }

    private static void texts(ObjectNode json, String member, @Nullable List<String> texts) {
      if (texts != null) {
        json.putArray(member)
            .addAll(texts.stream().map(MAPPER.getNodeFactory()::stringNode).toList());
      }
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists sites and places.")
  int list(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      HttpResponse<String> answer = client.send("GET", SITES + "/_all_docs?include_docs=true", "");
      if (answer.statusCode() == 404) {
        out().println("no sites yet");
        return 0;
      }
      if (answer.statusCode() != 200) {
        throw NodeClient.unexpected(answer);
      }
      for (JsonNode row : MAPPER.readTree(answer.body()).path("rows")) {
        JsonNode doc = row.path("doc");
        if (!row.path("id").asString("").startsWith("_")) {
          out()
              .printf(
                  "%-5s  %-24s  %-24s  %s%n",
                  doc.path("type").asString("site"),
                  row.path("id").asString(""),
                  doc.path("name").asString(""),
                  more(doc));
        }
      }
      return 0;
    }
  }

  private static String more(JsonNode doc) {
    if (doc.path("type").asString("site").equals("place")) {
      return doc.has("parent") ? "in " + doc.path("parent").asString("") : "";
    }
    return "users " + words(doc.path("users")) + ", roles " + words(doc.path("roles"));
  }

  private static String words(JsonNode texts) {
    List<String> words =
        texts.isArray()
            ? texts.valueStream().map(JsonNode::asString).toList()
            : texts.isString() ? List.of(texts.stringValue()) : List.of();
    return words.isEmpty() ? "none" : String.join(" ", words);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a site as its document says, and how it stands in a database.")
  int show(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String id,
      @Option(names = "--in", paramLabel = "DATABASE", description = "Its state in this database.")
          @Nullable String database,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      JsonNode site = find(client, id);
      site.properties().stream()
          .filter(member -> !member.getKey().startsWith("_"))
          .forEach(member -> out().println(member.getKey() + ": " + member.getValue()));
      if (database != null) {
        String encoded = NodeClient.encoded(id);
        JsonNode state =
            get(client, "/" + NodeClient.encoded(database) + "/_subset?site=" + encoded);
        out().println("documents: " + state.path("doc_count").asLong());
        out().println("following: " + state.path("following").asBoolean());
        out().println("held: " + state.path("held").asLong());
        for (JsonNode checkpoint : state.path("checkpoints")) {
          out()
              .println(
                  "device "
                      + checkpoint.path("id").asString("")
                      + ": "
                      + checkpoint.path("pending").asLong()
                      + " to fetch");
        }
      }
      return 0;
    }
  }

  private String document(String id) {
    if (id.isBlank()) {
      throw misuse("the id is empty: it is what documents name");
    }
    return SITES + "/" + NodeClient.encoded(id);
  }

  /** A site or place as it stands. */
  private JsonNode find(NodeClient client, String id) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send("GET", document(id), "");
    if (answer.statusCode() == 404) {
      throw new IOException("there is no site or place " + id + ": skerry sites list names them");
    }
    if (answer.statusCode() != 200) {
      throw NodeClient.unexpected(answer);
    }
    return MAPPER.readTree(answer.body());
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a site or a place.")
  int add(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "ID", description = "What documents name.") String id,
      @Option(names = "--is-place", description = "A place, which holds others.") boolean place,
      @ArgGroup(exclusive = false) @Nullable Members members,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    if (!place && members != null && members.parent != null) {
      throw misuse(
          "--parent is said of a place: add --is-place; a site says by --place where it is");
    }
    ObjectNode json = MAPPER.createObjectNode().put("type", place ? "place" : "site");
    Optional.ofNullable(members).ifPresent(given -> given.into(json));
    try (NodeClient client = node(node, auth)) {
      String path = document(id);
      // A node's first site makes the database; one that is there answers 412.
      client.send("PUT", SITES, "");
      return report(client.send("PUT", path, json.toString()), "added " + id);
    }
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes what is named of a site or a place; the rest stays.")
  int change(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "ID", description = "The site or place.") String id,
      @ArgGroup(exclusive = false) @Nullable Members members,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    if (members == null) {
      throw misuse("nothing to change: name a member, as in --name \"Hill clinic\"");
    }
    try (NodeClient client = node(node, auth)) {
      ObjectNode json = (ObjectNode) find(client, id);
      members.into(json);
      return report(client.send("PUT", document(id), json.toString()), "changed " + id);
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a site or a place. A site's documents stay here.")
  int remove(
      @Parameters(paramLabel = "NODE", description = NODE) String node,
      @Parameters(paramLabel = "ID", description = "The site or place.") String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = node(node, auth)) {
      String rev = find(client, id).path("_rev").asString("");
      return report(client.send("DELETE", document(id) + "?rev=" + rev, ""), "removed " + id);
    }
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Gives a site a document, and all that goes with it, whatever its rules say.")
  int fetch(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String site,
      @Parameters(paramLabel = "ID", description = "The document: Patient/1.") String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    return grant("PUT", database, site, id, auth, "fetched " + id + " for " + site);
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Takes back what was fetched.")
  int release(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String site,
      @Parameters(paramLabel = "ID", description = "The document: Patient/1.") String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    return grant("DELETE", database, site, id, auth, "released " + id + " of " + site);
  }

  @Command(
      name = "fetched",
      mixinStandardHelpOptions = true,
      description = "Lists what a site fetched and has not released.")
  int fetched(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String site,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = database(database, auth)) {
      String path = "/_centre?limit=1000&site=" + NodeClient.encoded(site);
      JsonNode page = get(client, path);
      while (!page.path("documents").isEmpty()) {
        String last = "";
        for (JsonNode id : page.path("documents")) {
          last = id.asString("");
          out().println(last);
        }
        if (!page.path("more").asBoolean(false)) {
          break;
        }
        page = get(client, path + "&after=" + NodeClient.encoded(last));
      }
      return 0;
    }
  }

  @Command(
      name = "held",
      mixinStandardHelpOptions = true,
      description =
          "Lists what a site brought before that to which it refers. Each enters when the site has"
              + " one of the documents for which it waits.")
  int held(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String site,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    try (NodeClient client = database(database, auth)) {
      JsonNode held = get(client, "/_subset/held?site=" + NodeClient.encoded(site));
      for (JsonNode one : held.path("documents")) {
        out()
            .printf(
                "%s  %s  since %s by %s, waits for %s%n",
                one.path("id").asString(""),
                one.path("rev").asString(""),
                one.path("since").asString(""),
                one.path("by").asString("somebody"),
                words(one.path("names")));
      }
      return 0;
    }
  }

  @Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description =
          "Forgets what is held of a document for a site. A device that has it does not bring it"
              + " again.")
  int discard(
      @Parameters(paramLabel = "DATABASE", description = DATABASE) String database,
      @Parameters(paramLabel = "SITE", description = "The site's id.") String site,
      @Parameters(paramLabel = "ID", description = "The document: Observation/1.") String id,
      @Option(names = "--auth-file", paramLabel = "FILE", description = AUTH) @Nullable Path auth)
      throws IOException, InterruptedException {
    String path = "/_subset/held/" + NodeClient.encoded(id) + "?site=" + NodeClient.encoded(site);
    try (NodeClient client = database(database, auth)) {
      return report(client.send("DELETE", path, ""), "discarded " + id + ", held for " + site);
    }
  }

  private int grant(
      String method, String database, String site, String id, @Nullable Path auth, String done)
      throws IOException, InterruptedException {
    String path = "/_centre/" + NodeClient.encoded(id) + "?site=" + NodeClient.encoded(site);
    try (NodeClient client = database(database, auth)) {
      return report(client.send(method, path, ""), done);
    }
  }
}
