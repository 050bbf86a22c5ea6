package org.skerry.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.document.DocumentReader;
import org.skerry.exchange.client.ChangeList;
import org.skerry.exchange.client.ClientProvider;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.Outgoing;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Sent;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.resource.StampedBody;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A client of somebody's own, as an example: for a server that keeps one line of text for each
 * record. It is named in {@code META-INF/services/org.skerry.exchange.client.ClientProvider}.
 */
public final class NotebookClient implements RecordClient {
  /** What the server has: here it is in this process. */
  static final Map<String, String> SERVER = new ConcurrentHashMap<>();

  /** Makes clients. */
  public static final class Provider implements ClientProvider {
    @Override
    public String name() {
      return "notebook";
    }

    @Override
    public List<String> problems(ClientSettings settings) {
      return settings.more().path("ink").isString() ? List.of() : List.of("`ink` is missing");
    }

    @Override
    public RecordClient open(Line line) {
      return new NotebookClient(line);
    }
  }

  private final Line line;

  private NotebookClient(Line line) {
    this.line = line;
  }

  @Override
  public String url(RecordId id) {
    return line.settings().base() + "#" + id.id();
  }

  /** What stands there is its own version. */
  @Override
  public Fetched fetch(RecordId id) {
    String text = SERVER.get(id.id());
    if (text == null) {
      return new Fetched.Absent();
    }
    byte[] json =
        JsonNodeFactory.instance
            .objectNode()
            .put("text", text)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    StampedBody body = new StampedBody(DocumentReader.read(json, line.limits()).body(), 0, 0);
    return new Fetched.Here(new Version(text, Optional.of(body)));
  }

  @Override
  public Sent send(Outgoing record) {
    String there = SERVER.getOrDefault(record.id().id(), "");
    if (!there.equals(record.known().orElse(""))) {
      return new Sent.Outdated("it says " + there);
    }
    String json = new String(record.revision().body().json(), StandardCharsets.UTF_8);
    String text = json.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
    SERVER.put(record.id().id(), text);
    return new Sent.Accepted(text);
  }

  @Override
  public Sent remove(RecordId id, String known) {
    return SERVER.remove(id.id(), known)
        ? new Sent.Accepted("")
        : new Sent.Outdated("it says something else");
  }

  /** All of them, each time: those that are known are passed over. */
  @Override
  public Optional<ChangeList> changes() {
    return Optional.of(
        (category, type, mark, sink) ->
            sink.take(
                SERVER.keySet().stream()
                    .map(
                        id ->
                            Notice.of(
                                new RecordId(type, id),
                                Notice.UPDATED,
                                url(new RecordId(type, id))))
                    .toList(),
                JsonNodeFactory.instance.objectNode()));
  }
}
