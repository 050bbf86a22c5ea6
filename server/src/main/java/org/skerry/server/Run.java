package org.skerry.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  private static final JsonMapper MAPPER = new JsonMapper();
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
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build()) {
      Optional<String> credentials = credentials();
      if (names.isEmpty() && !all) {
        return show(documents(client, credentials));
      }
      boolean found = true;
      for (String name : all ? named(documents(client, credentials)) : names) {
        found &= run(client, credentials, name);
      }
      return found ? 0 : Main.FAILED;
    }
  }

  private boolean run(HttpClient client, Optional<String> credentials, String name)
      throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    for (String path :
        List.of(DOCUMENTS + "/" + encoded + "/_run", "/_scheduler/jobs/" + encoded + "/_run")) {
      HttpResponse<String> answer = send(client, credentials, "POST", path);
      if (answer.statusCode() == 202) {
        out().println(name + ": runs");
        return true;
      }
      if (answer.statusCode() != 404) {
        throw unexpected(answer);
      }
    }
    out().println(name + ": there is no such document of _replicator, and no such replication");
    return false;
  }

  private JsonNode documents(HttpClient client, Optional<String> credentials)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(client, credentials, "GET", DOCUMENTS);
    if (answer.statusCode() != 200) {
      throw unexpected(answer);
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

  private static IOException unexpected(HttpResponse<String> answer) {
    return new IOException(
        "the node answered " + answer.statusCode() + ": " + answer.body().strip());
  }

  private HttpResponse<String> send(
      HttpClient client, Optional<String> credentials, String method, String path)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.noBody());
    credentials.ifPresent(
        both ->
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The node's URL without credentials, which the client would not send. */
  private URI base() {
    URI uri = uri();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + port + "/");
  }

  private URI uri() {
    try {
      URI uri = URI.create(node);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw misuse(e);
    }
    throw misuse(null);
  }

  private ParameterException misuse(@Nullable Throwable cause) {
    String problem = "NODE is no URL: expected http://host:port";
    if (spec == null) {
      throw new IllegalStateException(problem, cause);
    }
    return new ParameterException(spec.commandLine(), problem, cause);
  }

  private Optional<String> credentials() throws IOException {
    if (auth != null) {
      return Optional.of(Files.readString(auth).strip());
    }
    return Optional.ofNullable(uri().getUserInfo());
  }

  private PrintWriter out() {
    return spec == null
        ? new PrintWriter(System.out, true, System.out.charset())
        : spec.commandLine().getOut();
  }
}
