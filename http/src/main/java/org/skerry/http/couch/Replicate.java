package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.skerry.audit.AuditAction;
import org.skerry.database.Author;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.Origin;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationRequest;
import org.skerry.replication.ReplicationResult;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Replicator;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.schedule.Schedule;

/**
 * {@code POST /_replicate}: runs a replication and waits for its end, or begins one that goes on
 * for ever ({@code continuous}), or ends it ({@code cancel}).
 */
final class Replicate implements Endpoint {
  private final Replicator replicator;
  private final Optional<Schedule> schedule;
  private final Administration administration;

  Replicate(Replicator replicator, Optional<Schedule> schedule, Administration administration) {
    this.replicator = replicator;
    this.schedule = schedule;
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    ReplicationRequest request = ReplicationRequest.parse(RequestJson.object(exchange));
    Author author = AccessControl.author(exchange);
    note(exchange, request);
    try {
      exchange.answer(
          switch (request) {
            case ReplicationRequest.Start(var spec) when spec.live() ->
                id(202, replicator.start(spec.by(author), Origin.user(author.name())));
            case ReplicationRequest.Start(var spec) ->
                run(spec.by(author), Origin.user(author.name()));
            case ReplicationRequest.CancelSame(var spec) -> cancel(replicator.id(spec).toString());
            case ReplicationRequest.CancelById(var id) -> cancel(id);
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is shutting down");
    }
  }

  /** Noted as asked for: a replication that ends or fails is not an administrator's action. */
  private void note(Exchange exchange, ReplicationRequest request) {
    switch (request) {
      case ReplicationRequest.Start(var spec) ->
          administration.note(exchange, AuditAction.REPLICATION_STARTED, subject(spec));
      case ReplicationRequest.CancelSame(var spec) ->
          administration.note(exchange, AuditAction.REPLICATION_CANCELLED, subject(spec));
      case ReplicationRequest.CancelById(var id) ->
          administration.note(exchange, AuditAction.REPLICATION_CANCELLED, id);
    }
  }

  private static String subject(ReplicationSpec spec) {
    return spec.source().name() + " to " + spec.target().name();
  }

  private Answer run(ReplicationSpec spec, Origin origin) throws InterruptedException {
    Replication ended = replicator.run(spec, origin);
    Optional<ReplicationResult> result = ended.result();
    if (result.isPresent()) {
      return JsonAnswer.of(200, result.get()::write);
    }
    throw ended
        .lastError()
        .map(Replicate::problem)
        .orElseGet(() -> new HttpProblem(500, "cancelled", "the replication was cancelled"));
  }

  private static HttpProblem problem(PeerException error) {
    String reason = String.valueOf(error.getMessage());
    return switch (error.kind()) {
      case NO_DATABASE -> new HttpProblem(404, "db_not_found", reason);
      case DENIED -> HttpProblem.unauthorized(reason);
      case UNSUPPORTED -> HttpProblem.badRequest("bad_request", reason);
      case UNREACHABLE, FAILING, NONSENSE -> new HttpProblem(500, "replication_failed", reason);
    };
  }

  /** Ends a job of a document, too, until the document changes. */
  private Answer cancel(String id) throws InterruptedException {
    Optional<String> waiting = schedule.flatMap(jobs -> jobs.scheduler().remove(id));
    Optional<String> ended = replicator.cancel(id).map(one -> one.id().toString());
    return id(200, ended.or(() -> waiting).orElseThrow(() -> HttpProblem.notFound("missing")));
  }

  private static Answer id(int status, Replication replication) {
    return id(status, replication.id().toString());
  }

  private static Answer id(int status, String id) {
    return JsonAnswer.of(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeStringProperty("_local_id", id);
          out.writeEndObject();
        });
  }
}
