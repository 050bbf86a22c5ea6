package org.skerry.replication.http;

import java.util.ArrayList;
import java.util.List;
import org.skerry.fingerprint.Entry;
import org.skerry.fingerprint.Fingerprint;
import org.skerry.fingerprint.PlaceRange;
import org.skerry.fingerprint.Side;
import org.skerry.replication.peer.PeerException;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A database elsewhere as one side of a comparison: Skerry's {@code _fingerprint}. */
record RemoteSide(Calls calls) implements Side {
  @Override
  public List<Fingerprint> fingerprints(List<PlaceRange> ranges) {
    byte[] question =
        JsonOut.bytes(
            out -> {
              out.writeStartObject();
              out.writeArrayPropertyStart("ranges");
              ranges.forEach(range -> out.writeString(range.prefix()));
              out.writeEndArray();
              out.writeEndObject();
            });
    List<Fingerprint> found = new ArrayList<>();
    for (JsonNode one : ask(question).path("fingerprints")) {
      found.add(new Fingerprint(one.path("count").asLong(0), one.path("sum").asString("")));
    }
    if (found.size() != ranges.size()) {
      throw new PeerException(
          PeerException.Kind.NONSENSE, calls.name() + " answered something else than fingerprints");
    }
    return found;
  }

  @Override
  public List<Entry> list(PlaceRange range) {
    byte[] question =
        JsonOut.bytes(
            (JsonGenerator out) -> {
              out.writeStartObject();
              out.writeStringProperty("list", range.prefix());
              out.writeEndObject();
            });
    List<Entry> found = new ArrayList<>();
    for (JsonNode one : ask(question).path("documents")) {
      List<String> leaves =
          one.path("leaves").valueStream().map(leaf -> leaf.asString("")).toList();
      found.add(new Entry(one.path("id").asString(""), leaves));
    }
    return found;
  }

  private JsonNode ask(byte[] question) {
    Request request = Request.post("/_fingerprint", question);
    return calls.call(
        request,
        answer -> {
          // CouchDB answers 404 or 405 to what it does not know.
          if (answer.status() == 404 || answer.status() == 405) {
            throw new PeerException(
                PeerException.Kind.UNSUPPORTED,
                calls.name() + " has no such database, or knows no fingerprints");
          }
          if (!answer.isGood()) {
            throw calls.unexpected(request, answer);
          }
          return answer.json();
        });
  }
}
