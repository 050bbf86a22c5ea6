package org.skerry.replication.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Selection;
import org.skerry.wire.JsonOut;
import org.skerry.wire.RawJson;

/** Requests for {@code _changes}. */
final class ChangesRequests {
  /**
   * A third of the silence after which a connection is taken for dead, as CouchDB's replicator asks
   * for.
   */
  private static final Duration HEARTBEAT = HttpPeers.SILENCE.dividedBy(3);

  private ChangesRequests() {}

  static Request page(ChangesQuery query) {
    return request(query, "feed=normal&limit=" + query.limit());
  }

  static Request continuous(ChangesQuery query) {
    return request(query, "feed=continuous");
  }

  private static Request request(ChangesQuery query, String feed) {
    StringBuilder path = new StringBuilder("/_changes?").append(feed);
    path.append("&style=").append(query.winnersOnly() ? "main_only" : "all_docs");
    path.append("&since=").append(Paths.encode(query.since()));
    path.append("&heartbeat=").append(HEARTBEAT.toMillis());
    return switch (query.selection()) {
      case Selection.Everything everything -> Request.get(path.toString());
      case Selection.DocIds(var ids) -> {
        byte[] body =
            JsonOut.bytes(
                out -> {
                  out.writeStartObject();
                  out.writeArrayPropertyStart("doc_ids");
                  ids.forEach(out::writeString);
                  out.writeEndArray();
                  out.writeEndObject();
                });
        yield Request.post(path.append("&filter=_doc_ids").toString(), body);
      }
      case Selection.BySelector(var selector) -> {
        byte[] json = selector.toString().getBytes(StandardCharsets.UTF_8);
        byte[] body =
            JsonOut.bytes(
                out -> {
                  out.writeStartObject();
                  out.writeName("selector");
                  out.writeRawValue(RawJson.of(json));
                  out.writeEndObject();
                });
        yield Request.post(path.append("&filter=_selector").toString(), body);
      }
      case Selection.ByFilter(var name, var parameters) -> {
        path.append("&filter=").append(Paths.encode(name));
        new TreeMap<>(parameters)
            .forEach(
                (key, value) ->
                    path.append('&')
                        .append(Paths.encode(key))
                        .append('=')
                        .append(Paths.encode(value)));
        yield Request.get(path.toString());
      }
    };
  }
}
