package org.skerry.fhir.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.outcome.OutcomeText;
import org.skerry.fhir.resource.Json;

/**
 * A bundle that the node made of what it keeps, as XML. A resource that cannot be XML, such as one
 * that another API wrote, keeps no others back: it is left out, and named where it would stand (in
 * its {@code response.outcome}), or in the outcome of a search.
 */
final class BundleInXml {
  private final Models models;
  private final List<byte[]> entries = new ArrayList<>();
  private final List<Issue> leftOut = new ArrayList<>();

  private BundleInXml(Models models) {
    this.models = models;
  }

  /**
   * Makes it. Each resource is looked at by itself only where all of them together are no XML.
   *
   * @param json a bundle of what was found, of versions, or of responses
   */
  static byte[] of(Models models, byte[] json) {
    try {
      return models.xml(json);
    } catch (OutcomeException e) {
      return models.xml(new BundleInXml(models).speakable(Json.object(json)));
    }
  }

  private byte[] speakable(Json bundle) {
    for (byte[] json : bundle.elements("entry")) {
      add(json);
    }
    if (!leftOut.isEmpty()) {
      addOutcome();
    }
    Text text = new Text();
    text.members(bundle, "resourceType", "type", "total", "link");
    text.list("entry", entries);
    return text.finish();
  }

  private void add(byte[] json) {
    Json entry = Json.object(json);
    Optional<Issue> why = entry.value("resource").flatMap(this::whyNot);
    Optional<Json> response = entry.child("response");
    if (why.isEmpty()) {
      entries.add(json);
    } else if (response.isPresent()) {
      Text answered = new Text();
      answered.members(response.get(), "status", "location", "etag", "lastModified");
      answered.member("outcome", OutcomeText.json(List.of(why.get())));
      Text text = new Text();
      text.members(entry, "fullUrl", "request");
      text.member("response", answered.finish());
      entries.add(text.finish());
    } else {
      leftOut.add(why.get());
    }
  }

  private Optional<Issue> whyNot(byte[] resource) {
    try {
      models.xml(resource);
      return Optional.empty();
    } catch (OutcomeException e) {
      return Optional.of(Issue.warning("structure", String.valueOf(e.getMessage())));
    }
  }

  /** A search has one outcome, at its end: what it says already comes first. */
  private void addOutcome() {
    List<byte[]> issues = new ArrayList<>();
    if (!entries.isEmpty() && isOutcome(Json.object(entries.getLast()))) {
      Json before = Json.object(entries.removeLast());
      before.child("resource").ifPresent(outcome -> issues.addAll(outcome.elements("issue")));
    }
    issues.addAll(Json.object(OutcomeText.json(leftOut)).elements("issue"));
    Text outcome = new Text();
    outcome.member("resourceType", utf8("\"OperationOutcome\""));
    outcome.list("issue", issues);
    Text entry = new Text();
    entry.member("resource", outcome.finish());
    entry.member("search", utf8("{\"mode\":\"outcome\"}"));
    entries.add(entry.finish());
  }

  private static boolean isOutcome(Json entry) {
    return entry.child("search").flatMap(search -> search.text("mode")).stream()
        .anyMatch("outcome"::equals);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A JSON object made of bytes. One thread. */
  private static final class Text {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    /** The members of another object that it has. */
    void members(Json from, String... names) {
      for (String name : names) {
        from.value(name).ifPresent(value -> member(name, value));
      }
    }

    void member(String name, byte[] value) {
      out.writeBytes(utf8((out.size() == 0 ? "{\"" : ",\"") + name + "\":"));
      out.writeBytes(value);
    }

    /** A list, which FHIR leaves out when there is nothing in it. */
    void list(String name, List<byte[]> values) {
      if (values.isEmpty()) {
        return;
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream(1024);
      all.write('[');
      for (byte[] value : values) {
        if (all.size() > 1) {
          all.write(',');
        }
        all.writeBytes(value);
      }
      all.write(']');
      member(name, all.toByteArray());
    }

    byte[] finish() {
      out.write('}');
      return out.toByteArray();
    }
  }
}
