package org.skerry.postgres.old;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.mapping.Table;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /{db}/_synchronise/{satellite}}: a call of the old engine, by XML-RPC. What cannot be
 * done is a fault, as its satellites expect; they try again in their next cycle.
 */
final class AnswerOldCall implements DatabaseEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerOldCall.class);
  private static final String XML = "text/xml; charset=utf-8";
  private static final String MODEL = "model.";

  /** The code that Tryton gives to what its user did wrong, and to everything else. */
  private static final int USER_ERROR = 1;

  private static final int FAILED = 255;
  private static final int MOST_ROWS = 50_000;
  private static final int MOST_INSTANCE = 100_000;

  private final Databases databases;
  private final Descriptions descriptions;
  private final LiveShapes shapes;
  private final InstantSource clock;

  /** One call of a satellite at a time, as what is known of it is read and written. */
  private final Map<String, ReentrantLock> calls = new ConcurrentHashMap<>();

  AnswerOldCall(Databases databases, InstantSource clock) {
    this.databases = databases;
    this.descriptions = new Descriptions(databases);
    this.shapes = new LiveShapes(clock);
    this.clock = clock;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Satellite satellite =
        descriptions
            .find(exchange.variable("satellite"))
            .filter(found -> found.database().equals(database.name()))
            .orElseThrow(
                () -> HttpProblem.notFound("There is no such satellite of this database."));
    byte[] answer;
    try {
      CallReader.Call call = CallReader.read(exchange.body());
      answer = AnswerWriter.answer(done(call, satellite, database, AccessControl.author(exchange)));
    } catch (BadCallException e) {
      answer = AnswerWriter.fault(USER_ERROR, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.warn("a call of an old satellite: {}", e.getMessage());
      answer = AnswerWriter.fault(FAILED, "The node cannot do this now; try again later.");
    }
    exchange.answer(new Answer(AnswerHead.of(200, XML), answer));
  }

  private Wire done(CallReader.Call call, Satellite satellite, Database database, Author author) {
    String path = call.method();
    int dot = path.lastIndexOf('.');
    if (!path.startsWith(MODEL) || dot <= MODEL.length()) {
      throw new BadCallException("there is no method " + path);
    }
    Table table = Model.table(satellite.mapping(), path.substring(MODEL.length(), dot));
    Model model = new Model(satellite.mapping(), table, shapes.of(satellite, table));
    int instance = instance(call.parameters());
    ReentrantLock lock =
        calls.computeIfAbsent(database.name() + "/" + instance, name -> new ReentrantLock());
    lock.lock();
    try {
      Ledger ledger = Ledger.of(databases, database, instance);
      return switch (path.substring(dot + 1)) {
        case "synchronise" -> {
          checkMode(table.mode().pushes(), "push", table);
          List<Wire> accepted =
              new Taking(model, database, ledger, author).take(rows(call.parameters()));
          yield Wire.Items.of(new Wire.Items(accepted), new Wire.Moment(now()));
        }
        case "get_to_synchronise" -> {
          checkMode(table.mode().pulls(), "pull", table);
          Giving giving = new Giving(model, database, ledger, instance, clock);
          Map<Wire, LocalDateTime> has = has(call.parameters());
          // Python takes an empty list for none.
          yield new Wire.Items(has.isEmpty() ? giving.unknown() : giving.changed(has));
        }
        default -> throw new BadCallException("there is no method " + path);
      };
    } finally {
      lock.unlock();
    }
  }

  private static void checkMode(boolean allowed, String way, Table table) {
    if (!allowed) {
      throw new BadCallException(
          "rows of " + table.name() + " are not for " + way + ": its mode is " + table.mode());
    }
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The satellite's number, in the context, which comes last. */
  private static int instance(List<Wire> parameters) {
    if (!parameters.isEmpty()
        && parameters.getLast() instanceof Wire.Struct context
        && context.get("synchronisation_id") instanceof Wire.Whole(long number)
        && number >= 0
        && number < MOST_INSTANCE) {
      return (int) number;
    }
    throw new BadCallException("the context has no synchronisation_id");
  }

  private static List<Wire> list(List<Wire> parameters) {
    List<Wire> values =
        parameters.size() > 1 && parameters.getFirst() instanceof Wire.Items(List<Wire> items)
            ? items
            : List.of();
    if (values.size() > MOST_ROWS) {
      throw new BadCallException("more than " + MOST_ROWS + " rows at once");
    }
    return values;
  }

  private static List<Wire.Struct> rows(List<Wire> parameters) {
    List<Wire.Struct> rows = new ArrayList<>();
    for (Wire value : list(parameters)) {
      if (!(value instanceof Wire.Struct row)) {
        throw new BadCallException("a row must be a structure");
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<Wire, LocalDateTime> has(List<Wire> parameters) {
    Map<Wire, LocalDateTime> has = new LinkedHashMap<>();
    for (Wire value : list(parameters)) {
      if (value instanceof Wire.Items(List<Wire> pair)
          && pair.size() == 2
          && pair.get(1) instanceof Wire.Moment(LocalDateTime time)) {
        has.put(pair.getFirst(), time);
      } else {
        throw new BadCallException("what a satellite has must be pairs of a unique id and a time");
      }
    }
    return has;
  }
}
