package org.skerry.exchange.client.fhir;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.exchange.client.Call;
import org.skerry.exchange.client.ChangeList;
import org.skerry.exchange.client.Fetched;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Outgoing;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Reply;
import org.skerry.exchange.client.Sent;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.resource.AttachedText;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Resources of a FHIR server. */
final class FhirClient implements RecordClient {
  static final String FHIR = "application/fhir+json";

  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Pattern PLACE =
      Pattern.compile("/([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\\-.]{1,64})(?:[/?].*)?$");

  private final Line line;
  private final VersionReader reader;
  private final Together together;

  FhirClient(Line line) {
    this.line = line;
    this.reader = new VersionReader(line.limits());
    this.together = new Together(line);
  }

  @Override
  public String url(RecordId id) {
    return line.settings().base() + "/" + id;
  }

  private URI place(RecordId id) {
    return URI.create(url(id));
  }

  @Override
  public Fetched fetch(RecordId id) {
    return fetched(id, line.ask(get(id)));
  }

  @Override
  public Map<RecordId, Fetched> fetchTogether(List<RecordId> ids) {
    Map<RecordId, Call> calls = new LinkedHashMap<>();
    ids.forEach(id -> calls.put(id, get(id)));
    Map<RecordId, Fetched> found = new HashMap<>();
    together
        .ask(calls)
        .forEach(
            (id, reply) -> {
              if (!hasDataElsewhere(id, reply.body())) {
                found.put(id, fetched(id, reply));
              }
            });
    return found;
  }

  private Call get(RecordId id) {
    return Call.get(place(id), FHIR);
  }

  /**
   * Whether it has its data alone, and only their place among others. So it is fetched alone when
   * its turn comes: many that have their data would not be held together.
   */
  private static boolean hasDataElsewhere(RecordId id, byte[] json) {
    return Detached.concerns(id.type()) && AttachedText.mentionsPlace(json);
  }

  private Fetched fetched(RecordId id, Reply reply) {
    return switch (reply.status()) {
      case 410 -> new Fetched.Here(Version.gone(reply.version().orElse("")));
      case 404 -> new Fetched.Absent();
      default ->
          reply.isSuccess()
              ? reader.read(id, reply.body(), reply.version())
              : new Fetched.Refused(reply.said());
    };
  }

  /** A resource that came with a list of changes. */
  @Override
  public Fetched read(RecordId id, byte[] json, Optional<String> version) {
    Fetched one = reader.read(id, json, version);
    return one instanceof Fetched.Here && hasDataElsewhere(id, json) ? fetch(id) : one;
  }

  @Override
  public Sent send(Outgoing record) {
    Call call;
    try {
      call = put(record);
    } catch (NoResourceException e) {
      return new Sent.Refused(String.valueOf(e.getMessage()));
    }
    // Not every server heeds If-None-Match, and a wrapper may lose all of it: so it is looked.
    if (record.known().isEmpty() || line.isWrapped()) {
      Optional<Sent> other = otherThere(record, fetch(record.id()));
      if (other.isPresent()) {
        return other.get();
      }
    }
    return sent(line.ask(call));
  }

  @Override
  public Map<RecordId, Sent> sendTogether(List<Outgoing> records) {
    List<RecordId> fresh =
        records.stream().filter(one -> one.known().isEmpty()).map(Outgoing::id).toList();
    Map<RecordId, Fetched> there = fetchTogether(fresh);
    Map<RecordId, Call> calls = new LinkedHashMap<>();
    for (Outgoing record : records) {
      Optional<Fetched> now = Optional.ofNullable(there.get(record.id()));
      boolean free =
          record.known().isPresent()
              || now.filter(one -> otherThere(record, one).isEmpty()).isPresent();
      if (free) {
        add(record, calls);
      }
    }
    Map<RecordId, Sent> became = new HashMap<>();
    together.ask(calls).forEach((id, reply) -> became.put(id, sent(reply)));
    return became;
  }

  private void add(Outgoing record, Map<RecordId, Call> calls) {
    try {
      Call call = put(record);
      if (Together.takes(call)) {
        calls.put(record.id(), call);
      }
    } catch (NoResourceException e) {
      // It is no resource, which is told of it alone.
    }
  }

  private Call put(Outgoing record) {
    ResourceId id = new ResourceId(record.id().type(), record.id().id());
    byte[] json = ResourceText.of(id, record.revision()).json();
    return matching(Call.with("PUT", place(record.id()), FHIR, json), record.known());
  }

  private static Call matching(Call call, Optional<String> known) {
    if (known.isEmpty()) {
      return call.and("If-None-Match", "*");
    }
    return known.get().isEmpty() ? call : call.and("If-Match", "W/\"" + known.get() + "\"");
  }

  /** What speaks against sending, as the partner has the record now. */
  private static Optional<Sent> otherThere(Outgoing record, Fetched there) {
    return switch (there) {
      case Fetched.Absent absent ->
          record.known().isEmpty()
              ? Optional.empty()
              : Optional.of(new Sent.Outdated("404: it is not there any more"));
      case Fetched.Here(Version now) when now.body().isEmpty() && record.known().isEmpty() ->
          Optional.empty();
      case Fetched.Here(Version now) when isSame(now, record.known()) -> Optional.empty();
      case Fetched.Here(Version now) -> Optional.of(new Sent.Outdated("it has " + now.name()));
      case Fetched.Refused(String problem) -> Optional.of(new Sent.Refused(problem));
    };
  }

  private static boolean isSame(Version now, Optional<String> known) {
    return now.body().isPresent()
        && known.filter(name -> name.isEmpty() || name.equals(now.name())).isPresent();
  }

  private static Sent sent(Reply reply) {
    if (reply.isSuccess()) {
      return new Sent.Accepted(reply.version().orElseGet(() -> versionIn(reply.body())));
    }
    return reply.isOutdated() ? new Sent.Outdated(reply.said()) : new Sent.Refused(reply.said());
  }

  private static String versionIn(byte[] json) {
    try {
      return MAPPER.readTree(json).path("meta").path("versionId").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }

  @Override
  public Sent remove(RecordId id, String known) {
    if (line.isWrapped()
        && !known.isEmpty()
        && fetch(id) instanceof Fetched.Here(Version now)
        && now.body().isPresent()
        && !now.name().equals(known)) {
      return new Sent.Outdated("it has " + now.name());
    }
    Call call = Call.delete(place(id), FHIR);
    Reply reply = line.ask(known.isEmpty() ? call : call.and("If-Match", "W/\"" + known + "\""));
    return reply.isMissing() ? new Sent.Accepted(reply.version().orElse("")) : sent(reply);
  }

  @Override
  public Optional<RecordId> linked(String type, String link) {
    Matcher place = PLACE.matcher(link);
    return place.find() && place.group(1).equals(type)
        ? RecordId.of(type, place.group(2))
        : Optional.empty();
  }

  @Override
  public Set<RecordId> references(byte[] json) {
    return References.of(json);
  }

  @Override
  public Optional<ChangeList> changes() {
    return Optional.of(new HistoryList(line));
  }
}
