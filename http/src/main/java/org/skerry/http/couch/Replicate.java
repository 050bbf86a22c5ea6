package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.skerry.database.Author;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationRequest;
import org.skerry.replication.ReplicationResult;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.Replicator;
import org.skerry.replication.peer.PeerException;

/**
 * {@code POST /_replicate}: runs a replication and waits for its end, or begins one that goes on
 * for ever ({@code continuous}), or ends it ({@code cancel}).
 */
final class Replicate implements Endpoint {
  private final Replicator replicator;

  Replicate(Replicator replicator) {
    this.replicator = replicator;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RequestJson.requireJson(exchange);
    ReplicationRequest request = ReplicationRequest.parse(RequestJson.object(exchange));
    Author author = AccessControl.author(exchange);
    try {
      exchange.answer(
          switch (request) {
            case ReplicationRequest.Start(var spec) when spec.live() ->
                id(202, replicator.start(spec.by(author)));
            case ReplicationRequest.Start(var spec) -> run(spec.by(author));
            case ReplicationRequest.CancelSame(var spec) -> cancelled(replicator.cancel(spec));
            case ReplicationRequest.CancelById(var id) -> cancelled(replicator.cancel(id));
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is shutting down");
    }
  }

  private Answer run(ReplicationSpec spec) throws InterruptedException {
    Replication ended = replicator.run(spec);
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

  private static Answer cancelled(Optional<Replication> ended) {
    return id(200, ended.orElseThrow(() -> HttpProblem.notFound("missing")));
  }

  private static Answer id(int status, Replication replication) {
    return JsonAnswer.of(
        status,
        out -> {
          out.writeStartObject();
          out.writeBooleanProperty("ok", true);
          out.writeStringProperty("_local_id", replication.id().toString());
          out.writeEndObject();
        });
  }
}
