package org.skerry.http.couch.admin;

import java.io.IOException;
import org.skerry.audit.AuditAction;
import org.skerry.config.InvalidConfigException;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.JsonAnswer;

/** {@code POST /_node/{node}/_config/_reload}: the operator's file and certificates, anew. */
final class ReloadConfig implements Endpoint {
  private final Administration administration;

  ReloadConfig(Administration administration) {
    this.administration = administration;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    try {
      administration.reload().run();
    } catch (InvalidConfigException e) {
      throw HttpProblem.badRequest("bad_request", String.valueOf(e.getMessage()));
    }
    administration.note(exchange, AuditAction.CONFIG_RELOADED, "node");
    exchange.answer(JsonAnswer.ok(200));
  }
}
