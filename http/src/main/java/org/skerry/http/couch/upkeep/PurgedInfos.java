package org.skerry.http.couch.upkeep;

import java.io.IOException;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.store.PurgeLog;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/** {@code GET /{db}/_purged_infos}: what was purged and is remembered. */
final class PurgedInfos implements DatabaseEndpoint {
  private static final int PAGE = 500;

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    PurgeLog log = database.store().purges();
    var stream = exchange.stream(AnswerHead.json(200));
    JsonGenerator out = JsonOut.into(stream);
    out.writeStartObject();
    out.writeArrayPropertyStart("purged_infos");
    List<PurgeLog.Purge> page = log.read(0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(purge -> write(out, purge));
      page = log.read(page.getLast().seq(), PAGE);
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeRaw('\n');
    out.close();
    stream.close();
  }

  private static void write(JsonGenerator out, PurgeLog.Purge purge) {
    out.writeStartObject();
    out.writeStringProperty("id", purge.id().text());
    out.writeArrayPropertyStart("revs");
    purge.revs().forEach(rev -> out.writeString(rev.toString()));
    out.writeEndArray();
    out.writeEndObject();
  }
}
