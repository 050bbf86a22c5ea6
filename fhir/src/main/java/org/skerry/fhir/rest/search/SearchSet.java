package org.skerry.fhir.rest.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeText;
import tools.jackson.databind.node.StringNode;

/** Writes a bundle of what was found, resource by resource. One thread. */
final class SearchSet {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
  private boolean hasEntries;

  SearchSet(OptionalLong total, String self, Optional<String> next) {
    text("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"");
    total.ifPresent(count -> text(",\"total\":" + count));
    text(",\"link\":[" + link("self", self));
    next.ifPresent(url -> text("," + link("next", url)));
    text("]");
  }

  private static String link(String relation, String url) {
    return "{\"relation\":\"" + relation + "\",\"url\":" + quoted(url) + "}";
  }

  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A resource. */
  void add(String url, byte[] json, String mode) {
    begin();
    text("\"fullUrl\":" + quoted(url) + ",\"resource\":");
    out.writeBytes(json);
    end(mode);
  }

  /** What else there is to say. */
  void add(List<Issue> issues) {
    begin();
    text("\"resource\":");
    out.writeBytes(OutcomeText.json(issues));
    end("outcome");
  }

  private void begin() {
    text(hasEntries ? ",{" : ",\"entry\":[{");
    hasEntries = true;
  }

  private void end(String mode) {
    text(",\"search\":{\"mode\":\"" + mode + "\"}}");
  }

  byte[] finish() {
    text(hasEntries ? "]}" : "}");
    return out.toByteArray();
  }
}
