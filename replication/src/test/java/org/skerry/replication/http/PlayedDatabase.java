package org.skerry.replication.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skerry.document.DocId;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartReader;
import org.skerry.multipart.Part;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Refusal;
import org.skerry.replication.peer.Selection;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionQuery;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A database over HTTP for a test, as far as replications ask: another peer knows the answers, and
 * the test may answer before it. As a source it gives documents without attachments; as a target it
 * takes them all. One thread at a time.
 */
public final class PlayedDatabase implements HttpHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Peer peer;
  private final Trouble trouble;

  /** Answers in the database's place. */
  @FunctionalInterface
  public interface Trouble {
    /**
     * Answers, or does not.
     *
     * @param step the method and what is asked for: {@code POST _bulk_docs}, {@code GET _local};
     *     {@code GET} and {@code PUT} for the database, with the id behind it for a document
     * @return whether it did
     */
    boolean answers(String step, HttpExchange exchange) throws IOException;
  }

  /** That peer's database. */
  public PlayedDatabase(Peer peer, Trouble trouble) {
    this.peer = peer;
    this.trouble = trouble;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String[] parts = path.split("/", 4);
    String what = parts.length > 2 ? decoded(parts[2]) : "";
    String step = exchange.getRequestMethod() + (what.isEmpty() ? "" : " " + what);
    if (!trouble.answers(step, exchange)) {
      answer(exchange, step, parts.length > 3 ? parts[3] : "");
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange, String step, String rest) throws IOException {
    switch (step) {
      case "GET" -> info(exchange);
      case "GET _local" -> checkpoint(exchange, rest);
      case "PUT _local" -> writeCheckpoint(exchange, rest);
      case "GET _changes" -> changes(exchange);
      case "POST _revs_diff" -> missing(exchange);
      case "POST _bulk_get" -> bulkGet(exchange);
      case "POST _bulk_docs" -> bulkDocs(exchange);
      case "POST _ensure_full_commit" ->
          say(exchange, 201, object().put("instance_start_time", peer.ensureFullCommit()));
      default -> {
        if (step.startsWith("PUT ")) {
          put(exchange, DocId.of(step.substring(4)));
        } else {
          openRevs(exchange, DocId.of(step.substring(4)));
        }
      }
    }
  }

  private static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> found = new HashMap<>();
    for (String one : exchange.getRequestURI().getRawQuery().split("&")) {
      String[] both = one.split("=", 2);
      found.put(both[0], decoded(both[1]));
    }
    return found;
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    return MAPPER.readTree(exchange.getRequestBody().readAllBytes());
  }

  /** Answers with JSON. */
  public static void say(HttpExchange exchange, int status, JsonNode json) throws IOException {
    exchange.getRequestBody().readAllBytes();
    PlayedPeer.say(exchange, status, "application/json", json.toString());
  }

  /** Answers that something is wrong. */
  public static void fail(HttpExchange exchange, int status, String error) throws IOException {
    say(exchange, status, object().put("error", error).put("reason", "played"));
  }

  /** Begins an answer, and hangs up. */
  public static void breakOff(HttpExchange exchange, String type, String begun) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = begun.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length + 100L);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
  }

  private void info(HttpExchange exchange) throws IOException {
    PeerInfo info = peer.info().orElseThrow();
    say(
        exchange,
        200,
        object().put("update_seq", info.updateSeq()).put("instance_start_time", info.instance()));
  }

  private void checkpoint(HttpExchange exchange, String id) throws IOException {
    Optional<LocalRevision> found = peer.checkpoint(id);
    if (found.isEmpty()) {
      fail(exchange, 404, "not_found");
    } else {
      ObjectNode json = (ObjectNode) MAPPER.readTree(found.get().json());
      say(exchange, 200, json.put("_rev", found.get().rev()));
    }
  }

  private void writeCheckpoint(HttpExchange exchange, String id) throws IOException {
    ObjectNode json = (ObjectNode) body(exchange);
    Optional<String> seen = Optional.ofNullable(json.remove("_rev")).map(JsonNode::asString);
    json.remove("_id");
    Optional<String> rev = peer.writeCheckpoint(id, seen, MAPPER.writeValueAsBytes(json));
    if (rev.isEmpty()) {
      fail(exchange, 409, "conflict");
    } else {
      say(exchange, 201, object().put("rev", rev.get()));
    }
  }

  private void changes(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    int limit = Integer.parseInt(query.get("limit"));
    var page =
        peer.changes(
            new ChangesQuery(query.getOrDefault("since", ""), limit, Selection.EVERYTHING, false));
    ObjectNode json = object().put("last_seq", page.lastSeq()).put("pending", page.pending());
    ArrayNode rows = json.putArray("results");
    page.rows()
        .forEach(
            row -> {
              ArrayNode revs =
                  rows.addObject().put("seq", row.seq()).put("id", row.id()).putArray("changes");
              row.revs().forEach(rev -> revs.addObject().put("rev", rev));
            });
    say(exchange, 200, json);
  }

  private void missing(HttpExchange exchange) throws IOException {
    List<RevisionQuery> queries = new ArrayList<>();
    body(exchange)
        .properties()
        .forEach(
            one -> queries.add(new RevisionQuery(DocId.of(one.getKey()), revs(one.getValue()))));
    ObjectNode json = object();
    for (MissingRevisions missing : peer.missing(queries)) {
      ArrayNode revs = json.putObject(missing.id().text()).putArray("missing");
      missing.revs().forEach(rev -> revs.add(rev.toString()));
    }
    say(exchange, 200, json);
  }

  private static List<RevId> revs(JsonNode array) {
    return array.valueStream().map(rev -> RevId.parse(rev.asString())).toList();
  }

  private void bulkGet(HttpExchange exchange) throws IOException {
    ObjectNode json = object();
    ArrayNode rows = json.putArray("results");
    for (JsonNode one : body(exchange).path("docs")) {
      DocId id = DocId.of(one.path("id").asString());
      ArrayNode docs = rows.addObject().put("id", id.text()).putArray("docs");
      give(id, List.of(RevId.parse(one.path("rev").asString())), docs);
    }
    say(exchange, 200, json);
  }

  private void openRevs(HttpExchange exchange, DocId id) throws IOException {
    ArrayNode found = MAPPER.createArrayNode();
    give(id, revs(MAPPER.readTree(query(exchange).get("open_revs"))), found);
    say(exchange, 200, found);
  }

  private void give(DocId id, List<RevId> revs, ArrayNode found) {
    peer.fetch(
        List.of(new MissingRevisions(id, revs, List.of())),
        new FetchSink() {
          @Override
          public void revision(FetchedRevision revision) {
            found.addObject().set("ok", MAPPER.readTree(revision.json()));
          }

          @Override
          public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
            throw new AssertionError("no attachments are played: " + revision.id());
          }

          @Override
          public void unreadable(DocId missing, RevId rev, String reason) {
            found.addObject().put("missing", rev.toString());
          }
        });
  }

  private static FetchedRevision.AsJson revision(JsonNode document) {
    return new FetchedRevision.AsJson(
        DocId.of(document.path("_id").asString()),
        RevId.parse(document.path("_rev").asString()),
        MAPPER.writeValueAsBytes(document));
  }

  private void bulkDocs(HttpExchange exchange) throws IOException {
    List<FetchedRevision> revisions =
        body(exchange)
            .path("docs")
            .valueStream()
            .<FetchedRevision>map(PlayedDatabase::revision)
            .collect(Collectors.toList());
    ArrayNode rows = MAPPER.createArrayNode();
    for (Refusal refusal : peer.write(revisions)) {
      rows.addObject()
          .put("id", refusal.id())
          .put("rev", refusal.rev())
          .put("error", refusal.error())
          .put("reason", refusal.reason());
    }
    say(exchange, 201, rows);
  }

  private void put(HttpExchange exchange, DocId id) throws IOException {
    HeaderValue type = HeaderValue.parse(exchange.getRequestHeaders().getFirst("Content-Type"));
    MultipartReader parts = MultipartReader.of(exchange.getRequestBody(), type);
    byte[] json = parts.next().orElseThrow().body().readAllBytes();
    Optional<Refusal> refusal =
        peer.write(
            revision(MAPPER.readTree(json)),
            name -> parts.next().map(Part::body).orElseThrow(IOException::new));
    if (refusal.isPresent()) {
      fail(exchange, 412, refusal.get().error());
    } else {
      say(exchange, 201, object().put("id", id.text()));
    }
  }
}
