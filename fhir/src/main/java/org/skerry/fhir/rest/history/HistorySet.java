package org.skerry.fhir.rest.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.audit.Trail;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeText;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.revision.RevId;
import tools.jackson.databind.node.StringNode;

/** Writes a bundle of versions. One thread. */
final class HistorySet {
  private final String base;
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream(8192);
  private final Trail trail;
  private int count;

  HistorySet(String base, Trail trail) {
    this.base = base;
    this.trail = trail;
    trail.asked(Action.HISTORY);
  }

  int count() {
    return count;
  }

  /** A version with its content. */
  void add(ResourceText version) {
    trail.showed(Action.HISTORY, version);
    begin(version.id());
    text(",\"resource\":");
    entries.writeBytes(version.versionJson(base));
    boolean first = version.rev().generation() == 1;
    request(first ? "POST" : "PUT", first ? version.id().type() : version.id().toString());
    response(first ? "201 Created" : "200 OK", version.rev(), version.lastUpdated());
    text("}}");
  }

  /** A deletion. */
  void addDeletion(ResourceId id, RevId rev, Optional<Instant> at) {
    begin(id);
    request("DELETE", id.toString());
    response("204 No Content", rev, at);
    text("}}");
  }

  /** A version of which nothing but its name is to be shown, and why. */
  void addWithout(ResourceId id, RevId rev, String why) {
    begin(id);
    request("PUT", id.toString());
    response("200 OK", rev, Optional.empty());
    text(",\"outcome\":");
    entries.writeBytes(OutcomeText.json(List.of(Issue.information(why))));
    text("}}");
  }

  private void begin(ResourceId id) {
    text(count++ == 0 ? "{" : ",{");
    text("\"fullUrl\":" + quoted(base + "/" + id));
  }

  private void request(String method, String url) {
    text(",\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"}");
  }

  private void response(String status, RevId rev, Optional<Instant> at) {
    text(",\"response\":{\"status\":\"" + status + "\",\"etag\":" + quoted(ResourceText.tag(rev)));
    at.ifPresent(instant -> text(",\"lastModified\":\"" + instant + '"'));
  }

  private void text(String text) {
    entries.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  /** The bundle. */
  byte[] finish(Optional<Integer> total, String self, Optional<String> next) {
    StringBuilder head = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"history\"");
    total.ifPresent(number -> head.append(",\"total\":").append(number));
    head.append(",\"link\":[{\"relation\":\"self\",\"url\":").append(quoted(self)).append('}');
    next.ifPresent(
        url -> head.append(",{\"relation\":\"next\",\"url\":").append(quoted(url)).append('}'));
    head.append(count == 0 ? "]" : "],\"entry\":[");
    ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() + head.length() + 8);
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(entries.toByteArray());
    out.writeBytes((count == 0 ? "}" : "]}").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
