package org.skerry.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.fingerprint.Comparison;
import org.skerry.fingerprint.Difference;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison of two databases from outside of both nodes. */
final class VerifyBoth {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final int MOST = 10_000;

  /** So many documents are repaired by one replication. */
  private static final int TOGETHER = 500;

  private final NodeClient here;
  private final NodeClient there;
  private final DifferencesOut shown;

  VerifyBoth(NodeClient here, NodeClient there, DifferencesOut shown) {
    this.here = here;
    this.there = there;
    this.shown = shown;
  }

  /** Where both are, and the files with their passwords. */
  record Places(String database, @Nullable Path auth, String centre, @Nullable Path centreAuth) {
    /** The centre, with what the site's node needs to sign in there. */
    JsonNode remote() throws IOException {
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

    private int slash() {
      return database.replaceAll("/+$", "").lastIndexOf('/');
    }

    /** The site's node, with the credentials that stand in the URL. */
    String node() {
      return database.substring(0, slash());
    }

    /** The database's name there. */
    String name() {
      String name = database.replaceAll("/+$", "").substring(slash() + 1);
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }

  /** Returns the command's status. */
  int run(Places places, boolean repair) throws IOException, InterruptedException {
    Comparison.Result result = compare(places);
    shown.show(result);
    if (result.equal() || !repair) {
      return result.equal() ? 0 : Main.FAILED;
    }
    repair(places, result.differences());
    Comparison.Result after = compare(places);
    shown.say("After the repair:");
    shown.show(after);
    return after.equal() ? 0 : Main.FAILED;
  }

  private Comparison.Result compare(Places places) throws IOException {
    return new Comparison(
            new NodeSide(here, shown(places.database())),
            new NodeSide(there, shown(places.centre())),
            MOST)
        .run();
  }

  private void repair(Places places, List<Difference> differences)
      throws IOException, InterruptedException {
    JsonNode name = MAPPER.getNodeFactory().stringNode(places.name());
    try (NodeClient node = NodeClient.of(places.node(), places.auth())) {
      for (int from = 0; from < differences.size(); from += TOGETHER) {
        List<Difference> some =
            differences.subList(from, Math.min(differences.size(), from + TOGETHER));
        replicate(node, some, places.remote(), name);
        replicate(node, some, name, places.remote());
      }
    }
  }

  private void replicate(
      NodeClient node, List<Difference> differences, JsonNode source, JsonNode target)
      throws IOException, InterruptedException {
    ObjectNode request = MAPPER.createObjectNode();
    request.set("source", source);
    request.set("target", target);
    differences.forEach(one -> request.withArray("doc_ids").add(one.id()));
    // These documents have been passed before, and are looked at again.
    request.put("use_checkpoints", false);
    HttpResponse<String> answer = node.send("POST", "/_replicate", request.toString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          node.node()
              + " could not repair, for which it has to reach the centre at the same address as"
              + " this command: "
              + answer.statusCode()
              + " "
              + answer.body().strip());
    }
    for (JsonNode session : MAPPER.readTree(answer.body()).path("history")) {
      shown.refused(session.path("doc_write_failures").asLong(0), node.node());
    }
  }

  /** Without credentials. */
  private static String shown(String url) {
    return url.replaceFirst("//[^/@]*@", "//").replaceAll("/+$", "");
  }
}
