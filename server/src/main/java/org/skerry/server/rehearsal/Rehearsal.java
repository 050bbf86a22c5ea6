package org.skerry.server.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The play: bulk loads, single writes by several clients, updates, reads, feeds, listings, views
 * and queries ({@link Questions}), and replications by HTTP. Of each as much as it takes to go all
 * ways: the classes are kept, and not how often they were used.
 */
public final class Rehearsal implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int BULKS = 4;
  private static final int BULK = 500;
  private static final int SWEEPS = 2;

  /** Queries of each kind for a document that is written by itself. */
  private static final int QUERIES_A_SINGLE = 4;

  /** How many documents a whole play writes one by one. */
  public static final int SINGLES = 240;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final String url;
  private final String authorization;
  private final int singles;

  /**
   * A play on the node at that URL, as its administrator.
   *
   * @param singles how many documents are written one by one
   */
  public Rehearsal(String url, String name, String password, int singles) {
    this.singles = singles;
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Plays; a request that fails ends it. */
  public void play() throws IOException, InterruptedException {
    send("PUT", "/clinic", "");
    send("PUT", "/desk", "");
    inParallel(BULKS, this::loadBulk);
    inParallel(singles, this::writeAndUpdate);
    inParallel(singles, number -> send("GET", "/desk/" + id(number), ""));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      send("GET", "/clinic/_changes", "");
      send("GET", "/clinic/_changes?include_docs=true", "");
      send("GET", "/clinic/_all_docs?include_docs=true", "");
    }
    new Questions(this::send, this::inParallel).ask("clinic", singles / QUERIES_A_SINGLE);
    for (String copy : List.of("district", "centre")) {
      replicate("clinic", copy);
      replicate("desk", copy);
    }
    send("POST", "/clinic/_compact", "{}");
  }

  private void loadBulk(int number) throws IOException, InterruptedException {
    String documents =
        IntStream.range(0, BULK)
            .mapToObj(i -> document(number * BULK + i, ""))
            .collect(Collectors.joining(","));
    send("POST", "/clinic/_bulk_docs", "{\"docs\":[" + documents + "]}");
  }

  private void writeAndUpdate(int number) throws IOException, InterruptedException {
    String answer = send("PUT", "/desk/" + id(number), document(number, ""));
    String rev = answer.replaceAll("(?s).*\"rev\":\"([^\"]*)\".*", "$1");
    send("PUT", "/desk/" + id(number), document(number, "\"_rev\":\"" + rev + "\","));
  }

  /** By HTTP at both ends, as between two nodes. */
  private void replicate(String from, String to) throws IOException, InterruptedException {
    String body =
        "{\"source\":%s,\"target\":%s,\"create_target\":true}".formatted(peer(from), peer(to));
    send("POST", "/_replicate", body);
  }

  private String peer(String database) {
    return "{\"url\":\"%s/%s\",\"headers\":{\"Authorization\":\"%s\"}}"
        .formatted(url, database, authorization);
  }

  /** Spread over the range of ids, as random ones are. */
  private static String id(int number) {
    return "%08x-%04d".formatted(number * 0x9e3779b1, number % 10_000);
  }

  /** About a kilobyte, nested, not all ASCII, as records are. */
  private static String document(int number, String rev) {
    return """
    {"_id":"%s",%s"resourceType":"Observation","n":%d,"status":"final","effective":"2026-%02d-%02dT08:%02d:00Z",\
    "subject":{"reference":"Patient/%d","display":"Zoë Ólafsdóttir %d"},"code":{"coding":[{"system":"http://loinc.org",\
    "code":"%d-4","display":"Body temperature"}],"text":"Temperature"},"value":{"quantity":%d.%d,"unit":"Cel","exact":false},\
    "performer":[{"reference":"Practitioner/%d"},{"reference":"Organization/clinic-%d"}],"note":[{"text":\
    "Seen at the clinic in the morning; \\"better\\" than yesterday, to come again in %d days. Résumé sent."}],\
    "component":[{"code":"systolic","value":%d},{"code":"diastolic","value":%d},{"code":"pulse","value":%d,"flag":null}],\
    "meta":{"profile":["http://example.org/fhir/StructureDefinition/observation"],"tag":["site-%d","%08x"],"checked":true}}\
    """
        .formatted(
            id(number),
            rev,
            number,
            1 + number % 12,
            1 + number % 28,
            number % 60,
            number % 997,
            number,
            8_000 + number % 1_000,
            36 + number % 5,
            number % 10,
            number % 83,
            number % 19,
            number % 14,
            100 + number % 60,
            60 + number % 40,
            50 + number % 90,
            number % 23,
            number * 31);
  }

  /**
   * By the JDK's oldest client, which is small: whatever a rehearsal uses, each node has in memory
   * from its start.
   */
  private String send(String method, String path, String body) throws IOException {
    if (!(URI.create(url + path).toURL().openConnection() instanceof HttpURLConnection request)) {
      throw new IOException(url + " is no URL of HTTP");
    }
    request.setRequestMethod(method);
    request.setReadTimeout((int) PATIENCE.toMillis());
    request.setRequestProperty("Authorization", authorization);
    request.setRequestProperty("Content-Type", "application/json");
    if (!body.isEmpty()) {
      request.setDoOutput(true);
      request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    int status = request.getResponseCode();
    try (InputStream in = status < 400 ? request.getInputStream() : request.getErrorStream()) {
      String answer = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (status >= 300) {
        throw new IOException(method + " " + path + ": " + status + " " + answer);
      }
      return answer;
    }
  }

  /** One step of the play, told its number. */
  @FunctionalInterface
  interface Step {
    void play(int number) throws IOException, InterruptedException;
  }

  private void inParallel(int count, Step step) throws IOException, InterruptedException {
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      parts.add(
          () -> {
            for (int number = first; number < count; number += CLIENTS) {
              step.play(number);
            }
            return count;
          });
    }
    for (Future<Integer> part : callers.invokeAll(parts)) {
      try {
        part.get();
      } catch (ExecutionException e) {
        throw new IOException("a rehearsal fails: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    callers.close();
  }
}
