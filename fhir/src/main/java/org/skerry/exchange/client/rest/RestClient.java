package org.skerry.exchange.client.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.BadDocumentException;
import org.skerry.exchange.client.Call;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Outgoing;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Reply;
import org.skerry.exchange.client.Sent;
import org.skerry.exchange.client.Version;
import tools.jackson.databind.JsonNode;

/** Records of OpenMRS's REST API. */
final class RestClient implements RecordClient {
  private static final String JSON = "application/json";
  private static final Pattern RESOURCE = Pattern.compile("[A-Za-z][A-Za-z0-9/_-]{0,100}");

  /** The last segment of a link, which is the record's UUID. */
  private static final Pattern PLACE = Pattern.compile("/([A-Za-z0-9\\-.]{1,64})(?:\\?.*)?$");

  /** By which OpenMRS takes back that a record was voided or retired: a text, and alone. */
  private static final byte[] BACK = "{\"deleted\":\"false\"}".getBytes(StandardCharsets.UTF_8);

  private final Line line;

  RestClient(Line line) {
    this.line = line;
  }

  static boolean isResource(JsonNode text) {
    return text.isString() && RESOURCE.matcher(text.stringValue()).matches();
  }

  /** Where records of a type are: its name, or what the description says. */
  private String collection(String type) {
    String name = line.settings().more().path("resources").path(type).asString(type);
    return line.settings().base() + "/" + name;
  }

  @Override
  public String url(RecordId id) {
    return collection(id.type()) + "/" + id.id();
  }

  private URI place(RecordId id) {
    return URI.create(url(id));
  }

  @Override
  public Fetched fetch(RecordId id) {
    Reply reply = line.ask(Call.get(URI.create(url(id) + "?v=full"), JSON));
    if (reply.isMissing()) {
      return new Fetched.Absent();
    }
    if (!reply.isSuccess()) {
      return new Fetched.Refused(reply.said());
    }
    try {
      RestRecord record = RestRecord.read(reply.body());
      return record.uuid().equals(id.id())
          ? new Fetched.Here(record.version(line.limits()))
          : new Fetched.Refused("it says that it is " + record.uuid());
    } catch (BadDocumentException e) {
      return new Fetched.Refused("it is no record: " + e.getMessage());
    }
  }

  @Override
  public String action(Outgoing record) {
    RestRecord now = RestRecord.read(record.revision().body().json());
    RestRecord base = base(record);
    if (now.isVoided() != base.isVoided()) {
      return now.isVoided() ? "VOIDED" : "UNVOIDED";
    }
    if (now.isRetired() != base.isRetired()) {
      return now.isRetired() ? "RETIRED" : "UNRETIRED";
    }
    return record.action();
  }

  private static RestRecord base(Outgoing record) {
    return record
        .base()
        .filter(before -> !before.deleted())
        .map(before -> RestRecord.read(before.body().json()))
        .orElseGet(() -> RestRecord.read("{}".getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Sent send(Outgoing record) {
    Fetched there = fetch(record.id());
    Optional<Sent> other = other(there, record.known());
    if (other.isPresent()) {
      return other.get();
    }
    RestRecord now = RestRecord.read(record.revision().body().json());
    if (!now.uuid().equals(record.id().id())) {
      return new Sent.Refused("the document says that its uuid is " + now.uuid());
    }
    return there instanceof Fetched.Here here && here.version().body().isPresent()
        ? change(record, now)
        : there instanceof Fetched.Here ? bring(record, now) : create(record, now);
  }

  /** What speaks against a change of the known version, as the partner has the record now. */
  private static Optional<Sent> other(Fetched there, Optional<String> known) {
    return switch (there) {
      case Fetched.Refused(String problem) -> Optional.of(new Sent.Refused(problem));
      case Fetched.Absent absent ->
          known.filter(name -> !name.isEmpty()).isPresent()
              ? Optional.of(new Sent.Outdated("404: it is not there any more"))
              : Optional.empty();
      case Fetched.Here(Version now) when now.body().isEmpty() && known.isEmpty() ->
          Optional.empty();
      case Fetched.Here(Version now)
          when known.filter(name -> name.isEmpty() || name.equals(now.name())).isPresent() ->
          Optional.empty();
      case Fetched.Here(Version now) -> Optional.of(new Sent.Outdated("it says something else"));
    };
  }

  private Sent create(Outgoing record, RestRecord now) {
    Reply reply =
        line.ask(Call.with("POST", URI.create(collection(record.id().type())), JSON, now.whole()));
    if (!reply.isSuccess()) {
      return new Sent.Refused(reply.said());
    }
    String uuid = given(reply);
    if (!uuid.isEmpty() && !uuid.equals(record.id().id())) {
      // A double of the record: taken back, or each attempt would leave another.
      line.ask(Call.delete(URI.create(collection(record.id().type()) + "/" + uuid), JSON));
      return new Sent.Refused("it gave the record another uuid, which was taken back: " + uuid);
    }
    return accepted(record.id());
  }

  private static String given(Reply reply) {
    try {
      return RestRecord.read(reply.body()).uuid();
    } catch (BadDocumentException e) {
      return "";
    }
  }

  /** It is voided there, and lives here. */
  private Sent bring(Outgoing record, RestRecord now) {
    Reply back = line.ask(Call.with("POST", place(record.id()), JSON, BACK));
    return back.isSuccess() ? change(record, now) : new Sent.Refused(back.said());
  }

  private Sent change(Outgoing record, RestRecord now) {
    RestRecord base = base(record);
    Optional<byte[]> changes = now.changes(base);
    boolean was = base.isVoided() || base.isRetired();
    boolean is = now.isVoided() || now.isRetired();
    if (was && !is) {
      Reply back = line.ask(Call.with("POST", place(record.id()), JSON, BACK));
      if (!back.isSuccess()) {
        return new Sent.Refused(back.said());
      }
    }
    if (changes.isPresent()) {
      Reply changed = line.ask(Call.with("POST", place(record.id()), JSON, changes.get()));
      if (!changed.isSuccess()) {
        return new Sent.Refused(changed.said());
      }
    }
    if (is && !was) {
      Reply gone = line.ask(Call.delete(place(record.id()), JSON));
      if (!gone.isSuccess() && !gone.isMissing()) {
        return new Sent.Refused(gone.said());
      }
    }
    return accepted(record.id());
  }

  /** Looks at what OpenMRS made of it, for that is the version. */
  private Sent accepted(RecordId id) {
    return new Sent.Accepted(fetch(id) instanceof Fetched.Here(Version now) ? now.name() : "");
  }

  @Override
  public Sent remove(RecordId id, String known) {
    Fetched there = fetch(id);
    if (there instanceof Fetched.Absent) {
      return new Sent.Accepted("");
    }
    if (there instanceof Fetched.Here(Version now) && now.body().isEmpty()) {
      return new Sent.Accepted(now.name());
    }
    Optional<Sent> other = other(there, Optional.of(known));
    if (other.isPresent()) {
      return other.get();
    }
    Reply reply = line.ask(Call.delete(place(id), JSON));
    return reply.isSuccess() || reply.isMissing() ? accepted(id) : new Sent.Refused(reply.said());
  }

  @Override
  public Optional<RecordId> linked(String type, String link) {
    Matcher place = PLACE.matcher(link);
    return place.find() ? RecordId.of(type, place.group(1)) : Optional.empty();
  }
}
