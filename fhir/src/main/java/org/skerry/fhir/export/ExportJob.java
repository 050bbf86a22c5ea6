package org.skerry.fhir.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One export as its folder keeps it. A value; what is done makes another.
 *
 * @param wish what was asked for
 * @param time the moment whose resources it has
 * @param progress how far it is
 */
record ExportJob(String id, Wish wish, Instant time, Progress progress) {
  private static final String SERVER = "/fhir/";
  private static final String FILE = "job.json";
  private static final JsonMapper MAPPER = JsonIn.mapper();

  /**
   * What was asked for.
   *
   * @param life which life of the database, without what its subsets have of their own
   * @param site whose part of it, if somebody has a part
   * @param user who asked
   * @param patients only what is in patients' compartments
   * @param group only of the patients of that version of a Group: {@code Group/1/3-abc}
   * @param types none are all
   * @param since what is older is left out
   * @param behind the feed's position at that time, if it is known
   */
  record Wish(
      String database,
      String life,
      Optional<String> site,
      Optional<String> user,
      String request,
      boolean patients,
      Optional<String> group,
      Set<String> types,
      Optional<Instant> since,
      Optional<Long> behind) {
    /** Where the server is reached, as whoever asked did. */
    String base() {
      int database = request.indexOf(SERVER) + SERVER.length();
      int end = request.indexOf('/', database);
      return end < 0 ? request : request.substring(0, end);
    }
  }

  /** How an export stands. */
  enum State {
    /** It is known what is to be exported, or is being found out. */
    WAITING,
    DONE,
    FAILED
  }

  /**
   * How far an export is.
   *
   * @param total how many there are on the list; 0 as long as there is none
   * @param at where in the list it goes on, in bytes
   * @param ended when it was done, or failed
   */
  record Progress(
      State state,
      long total,
      long done,
      long at,
      List<Output> outputs,
      String problem,
      Optional<Instant> ended) {
    static final Progress NONE =
        new Progress(State.WAITING, 0, 0, 0, List.of(), "", Optional.empty());

    Progress {
      outputs = List.copyOf(outputs);
    }
  }

  /** What a file has in it. */
  enum Kind {
    OUTPUT,
    DELETED,
    ERROR
  }

  /** A file with what is in it so far. */
  record Output(Kind kind, String type, String name, long bytes, long count) {}

  ExportJob with(Progress other) {
    return new ExportJob(id, wish, time, other);
  }

  ExportJob failed(String problem, Instant at) {
    return with(
        new Progress(
            State.FAILED,
            progress.total,
            progress.done,
            progress.at,
            progress.outputs,
            problem,
            Optional.of(at)));
  }

  /** Writes it into its folder: all of it or nothing. */
  void write(Path folder) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", id).put("time", time.toString());
    json.put("database", wish.database).put("life", wish.life).put("request", wish.request);
    wish.site.ifPresent(site -> json.put("site", site));
    wish.user.ifPresent(user -> json.put("user", user));
    json.put("patients", wish.patients);
    wish.group.ifPresent(group -> json.put("group", group));
    wish.types.forEach(json.putArray("types")::add);
    wish.since.ifPresent(since -> json.put("since", since.toString()));
    wish.behind.ifPresent(seq -> json.put("behind", seq));
    json.put("state", progress.state.name()).put("problem", progress.problem);
    json.put("total", progress.total).put("done", progress.done).put("at", progress.at);
    progress.ended.ifPresent(at -> json.put("ended", at.toString()));
    ArrayNode outputs = json.putArray("outputs");
    for (Output output : progress.outputs) {
      outputs
          .addObject()
          .put("kind", output.kind.name())
          .put("type", output.type)
          .put("name", output.name)
          .put("bytes", output.bytes)
          .put("count", output.count);
    }
    Path draft = folder.resolve(FILE + ".new");
    Files.writeString(draft, json.toString(), StandardCharsets.UTF_8);
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads what is in a folder; nothing when that is no export. */
  static Optional<ExportJob> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8))));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new IOException("the export in " + folder + " cannot be read", e);
    }
  }

  private static ExportJob of(JsonNode json) {
    Set<String> types = new TreeSet<>();
    json.path("types").forEach(type -> types.add(type.asString()));
    Wish wish =
        new Wish(
            json.path("database").asString(),
            json.path("life").asString(),
            text(json, "site"),
            text(json, "user"),
            json.path("request").asString(),
            json.path("patients").asBoolean(),
            text(json, "group"),
            types,
            text(json, "since").map(Instant::parse),
            Optional.ofNullable(json.get("behind")).map(JsonNode::asLong));
    List<Output> outputs = new ArrayList<>();
    for (JsonNode output : json.path("outputs")) {
      outputs.add(
          new Output(
              Kind.valueOf(output.path("kind").asString()),
              output.path("type").asString(),
              output.path("name").asString(),
              output.path("bytes").asLong(),
              output.path("count").asLong()));
    }
    Progress progress =
        new Progress(
            State.valueOf(json.path("state").asString()),
            json.path("total").asLong(),
            json.path("done").asLong(),
            json.path("at").asLong(),
            outputs,
            json.path("problem").asString(""),
            text(json, "ended").map(Instant::parse));
    return new ExportJob(
        json.path("id").asString(), wish, Instant.parse(json.path("time").asString()), progress);
  }

  private static Optional<String> text(JsonNode json, String member) {
    return Optional.ofNullable(json.get(member)).map(JsonNode::asString);
  }
}
