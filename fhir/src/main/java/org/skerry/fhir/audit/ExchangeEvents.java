package org.skerry.fhir.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.json.JsonIn;
import org.skerry.store.ChangeRange;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Fields;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events of what was exchanged with other servers: one for each message of {@code
 * _exchange_messages}, under the message's id. A thread follows the messages while there are any,
 * and notes in the audit's database how far it is.
 */
public final class ExchangeEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeEvents.class);
  private static final String MESSAGES = "_exchange_messages";
  private static final DocId PLACE = DocId.of("_local/exchange-events");
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Duration LONG = Duration.ofDays(1);
  private static final long RETRY_MILLIS = 5_000;
  private static final int PAGE = 500;

  private final Databases databases;
  private final Supplier<AuditLevel> level;
  private final AuditDatabase audit;
  private final String node;

  /** Guarded by this. */
  private Optional<Thread> follower = Optional.empty();

  /** Guarded by this. */
  private boolean closed;

  /** Events of a node's exchanges; see {@link Audit}. */
  public ExchangeEvents(
      Databases databases, Supplier<AuditLevel> level, Supplier<String> database, String node) {
    this.databases = databases;
    this.level = level;
    this.audit = new AuditDatabase(databases, database);
    this.node = node;
  }

  /** Begins to follow the messages, as soon as there are any. */
  public void start() {
    databases.onCreate(this::created);
    databases.find(MESSAGES).ifPresent(this::created);
  }

  private synchronized void created(Database database) {
    boolean runs = follower.filter(Thread::isAlive).isPresent();
    if (database.name().equals(MESSAGES) && !closed && !runs) {
      follower =
          Optional.of(Thread.ofVirtual().name("audit of exchanges").start(() -> follow(database)));
    }
  }

  private void follow(Database messages) {
    try {
      while (true) {
        try {
          Seq seen = messages.store().now();
          catchUp(messages);
          if (messages.changes().await(seen, LONG) == Wake.CLOSED) {
            return;
          }
        } catch (DatabaseGoneException e) {
          return;
        } catch (StoreException e) {
          LOG.warn("exchanges leave no AuditEvents at the moment: {}", e.getMessage());
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("exchanges are not followed any more");
    }
  }

  /** Makes events of all messages behind the last one that has one. */
  void catchUp(Database messages) {
    if (level.get() == AuditLevel.NONE) {
      return;
    }
    Seq from = place(messages);
    while (true) {
      List<NewRevision> events = new ArrayList<>();
      Seq to =
          messages
              .store()
              .changes(
                  ChangeRange.after(from, PAGE),
                  Fields.WINNER,
                  message -> {
                    event(message).ifPresent(events::add);
                    return true;
                  });
      if (to.equals(from)) {
        return;
      }
      if (!events.isEmpty()) {
        // One that is here already is a conflict, and stays as it is.
        audit.get().update(events);
      }
      note(messages, to);
      from = to;
    }
  }

  private Seq place(Database messages) {
    return audit
        .get()
        .store()
        .local()
        .get(PLACE)
        .map(LocalDocument::body)
        .map(body -> MAPPER.readTree(body.json()))
        .filter(json -> json.path("of").asString("").equals(messages.store().incarnation()))
        .map(json -> Seq.of(json.path("seq").asLong(0)))
        .orElse(Seq.ZERO);
  }

  private void note(Database messages, Seq seq) {
    String json =
        "{\"of\":\"" + messages.store().incarnation() + "\",\"seq\":" + seq.number() + "}";
    var local = audit.get().store().local();
    long seen = local.get(PLACE).map(LocalDocument::version).orElse(0L);
    local.put(PLACE, seen, Body.ofTrusted(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<NewRevision> event(StoredDocument message) {
    if (message.deleted() || message.id().isDesign()) {
      return Optional.empty();
    }
    JsonNode json = MAPPER.readTree(message.revisions().getFirst().body().json());
    String id = message.id().text();
    if (json.path("resource").asString("").isEmpty() || !ResourceId.isId(id)) {
      return Optional.empty();
    }
    Body body = text(id, json, time(json.path("timestamp").asString("")));
    return Optional.of(
        new NewRevision(DocId.of("AuditEvent/" + id), Optional.empty(), false, body, List.of()));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private Body text(String id, JsonNode message, Instant at) {
    boolean push = message.path("operation").asString("").equals("PUSH");
    String action = message.path("action").asString("");
    boolean success = message.path("success").asBoolean(false);
    String local = message.path("localUrl").asString("");
    String database = local.substring(0, Math.max(0, local.indexOf('/')));
    return EventText.write(
        id,
        at,
        out -> {
          EventText.coding(
              out,
              "type",
              "http://dicom.nema.org/resources/ontology/DCM",
              push ? "110106" : "110107");
          EventText.subtype(out, code(action));
          out.writeStringProperty("action", letter(action));
          out.writeStringProperty("recorded", IncomingResource.stamp(at));
          EventText.outcome(
              out, success ? 200 : 500, success ? "" : message.path("details").asString(""));
          out.writeArrayPropertyStart("agent");
          partner(out, message);
          out.writeEndArray();
          EventText.source(out, node, database);
          out.writeArrayPropertyStart("entity");
          entity(out, message);
          out.writeEndArray();
        });
  }

  /** A resource; or what the other server keeps that is none, such as a record of OpenMRS's. */
  private static void entity(JsonGenerator out, JsonNode message) {
    String name = message.path("resource").asString();
    Optional<ResourceId> resource = ResourceId.parse(name);
    if (resource.isEmpty()) {
      EventText.record(out, name, message.path("usedResourceUrl").asString(name));
      return;
    }
    String type = resource.get().type();
    EventText.reference(out, name, type, type.equals("Patient") ? "1" : "4");
  }

  /** Everything is begun by this node, and done with the partner. */
  private void partner(JsonGenerator out, JsonNode message) {
    out.writeStartObject();
    out.writeStringProperty("name", "Skerry node " + node);
    out.writeBooleanProperty("requestor", true);
    out.writeEndObject();
    out.writeStartObject();
    out.writeStringProperty("name", message.path("partner").asString(""));
    out.writeBooleanProperty("requestor", false);
    out.writeObjectPropertyStart("network");
    out.writeStringProperty("address", message.path("parentUrl").asString(""));
    out.writeStringProperty("type", "5");
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String code(String action) {
    return switch (action) {
      case "CREATED" -> "create";
      case "DELETED", "VOIDED" -> "delete";
      default -> "update";
    };
  }

  private static String letter(String action) {
    return switch (action) {
      case "CREATED" -> "C";
      case "DELETED", "VOIDED" -> "D";
      default -> "U";
    };
  }

  /** Ends; what was not followed is followed after the next start. */
  @Override
  public void close() {
    Optional<Thread> ended;
    synchronized (this) {
      closed = true;
      ended = follower;
    }
    ended.ifPresent(Thread::interrupt);
    try {
      if (ended.isPresent()) {
        ended.get().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
