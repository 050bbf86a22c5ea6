package org.skerry.http.couch.schedule;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.InvalidDatabaseNameException;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.replication.schedule.DocumentStatus;
import org.skerry.replication.schedule.JobState;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.schedule.ScheduleJson;

/** {@code GET /_scheduler/docs[/{db}[/{doc}]]}: what documents asked for, and what became of it. */
final class SchedulerDocuments implements Endpoint {
  private final Databases databases;
  private final Schedule schedule;
  private final String node;
  private final Function<Exchange, String> path;

  /**
   * The endpoint of one route.
   *
   * @param path finds what follows {@code docs} in the request's path
   */
  SchedulerDocuments(
      Databases databases, Schedule schedule, String node, Function<Exchange, String> path) {
    this.databases = databases;
    this.schedule = schedule;
    this.node = node;
    this.path = path;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    DocumentPlace place = DocumentPlace.of(path.apply(exchange));
    Database database = database(place.database());
    exchange.answer(
        place.document().isEmpty()
            ? list(exchange, database)
            : one(database, place.document().get()));
  }

  private Database database(String name) {
    try {
      return databases
          .find(name)
          .orElseThrow(() -> HttpProblem.notFound("Database does not exist."));
    } catch (InvalidDatabaseNameException e) {
      throw HttpProblem.notFound("Database does not exist.");
    }
  }

  private Answer one(Database database, String id) {
    DocumentStatus status = schedule.document(database, id).orElseThrow(JobIds::missing);
    return JsonAnswer.of(200, out -> ScheduleJson.document(out, status, node));
  }

  private Answer list(Exchange exchange, Database database) {
    Paging paging = Paging.of(exchange.query(), Paging.LONGEST);
    Set<JobState> states = states(exchange.query().text("states").orElse(""));
    Schedule.Listing listing = schedule.documents(database, states, paging.skip(), paging.limit());
    return JsonAnswer.of(
        200,
        out -> {
          out.writeStartObject();
          out.writeNumberProperty("total_rows", listing.total());
          out.writeNumberProperty("offset", Math.min(paging.skip(), listing.total()));
          out.writeArrayPropertyStart("docs");
          listing.documents().forEach(status -> ScheduleJson.document(out, status, node));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static Set<JobState> states(String text) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    for (String word : text.split(",", -1)) {
      if (!word.isBlank()) {
        states.add(JobState.of(word.strip()).orElseThrow(SchedulerDocuments::unknownState));
      }
    }
    return states;
  }

  private static HttpProblem unknownState() {
    String all =
        Arrays.stream(JobState.values()).map(JobState::word).collect(Collectors.joining(","));
    return HttpProblem.badRequest(
        "query_parse_error", "States must be one or more of [" + all + "]");
  }
}
