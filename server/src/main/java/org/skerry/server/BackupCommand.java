package org.skerry.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import org.skerry.server.backup.Backup;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code skerry backup}: copies all databases as of one moment. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies all databases of a node, as of one moment, into a folder that does not exist yet.",
      "With --url through the node that runs (on its machine, as its administrator: the password"
          + " comes from --auth-file, or from SKERRY_ADMIN_PASSWORD); with --data from the folder"
          + " of one that does not."
    })
final class BackupCommand implements Callable<Integer> {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the backup, a new one.")
  Path target = Path.of("");

  @ArgGroup(multiplicity = "1")
  Origin origin = new Origin();

  /** Where the databases are. */
  static final class Origin {
    @Option(names = "--url", paramLabel = "URL", description = "A node that runs on this machine.")
    @Nullable String url;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Data folder of a stopped node.")
    @Nullable Path data;
  }

  @Option(
      names = "--auth-file",
      paramLabel = "FILE",
      description = "File with the administrator's name:password.")
  @Nullable Path auth;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Backup.Written written =
        origin.data != null
            ? Backup.ofFolder(origin.data, target, Version.text())
            : throughNode(URI.create(String.valueOf(origin.url)));
    String done =
        "backed up " + written.files() + " files, " + written.bytes() + " bytes: " + target;
    if (spec == null) {
      throw new IllegalStateException("picocli gives every command its spec");
    }
    spec.commandLine().getOut().println(done);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Backup.Written throughNode(URI node) throws IOException, InterruptedException {
    if (Files.exists(target)) {
      throw new IOException(target + " exists, and is not overwritten: choose another folder");
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      String checkpoints = node.toString().replaceAll("/+$", "") + "/_node/_local/_checkpoint";
      JsonNode made = send(client, "POST", checkpoints);
      try {
        Path folder = Path.of(made.path("folder").asString());
        if (!Files.isReadable(folder)) {
          throw new IOException(
              folder + " cannot be read here: run this on the node's machine, as the node's user");
        }
        return Backup.write(folder, target, Version.text());
      } finally {
        send(client, "DELETE", checkpoints + "/" + made.path("name").asString());
      }
    }
  }

  private JsonNode send(HttpClient client, String method, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", authorization())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "the node refused (" + answer.statusCode() + "): " + answer.body().strip());
    }
    return MAPPER.readTree(answer.body());
  }

  private String authorization() throws IOException {
    String pair;
    if (auth != null) {
      pair = Files.readString(auth).strip();
    } else {
      String password = System.getenv("SKERRY_ADMIN_PASSWORD");
      String name = System.getenv().getOrDefault("SKERRY_ADMIN_NAME", "admin");
      if (password == null) {
        throw new IOException("who backs up? Give --auth-file, or set SKERRY_ADMIN_PASSWORD");
      }
      pair = name + ":" + password;
    }
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
