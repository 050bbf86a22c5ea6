package org.skerry.fhir.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.document.BadDocumentException;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.Json;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Formats;
import org.skerry.fhir.rest.Interaction;

/** {@code POST /}: a batch or a transaction. */
public final class Bundles implements Interaction {
  private static final int MAX_ENTRIES = 50_000;

  private final Batch batch;
  private final Transaction transaction;

  /** Bundles whose entries are asked of these interactions. */
  public Bundles(SubRequests requests) {
    this.batch = new Batch(requests);
    this.transaction = new Transaction(requests);
  }

  @Override
  public void answer(Call call) throws IOException {
    Formats.wanted(call.exchange()); // who takes no answer is told so before anything is written
    Json bundle = read(call.readJson());
    if (bundle.value("type").isPresent() && bundle.text("type").isEmpty()) {
      throw OutcomeException.invalid("Bundle.type is no text");
    }
    String type = bundle.text("type").orElse("");
    List<Entry> entries = entries(bundle, call.base());
    byte[] answer =
        switch (type) {
          case "batch" -> batch.run(call, entries);
          case "transaction" -> transaction.run(call, entries);
          default ->
              throw OutcomeException.invalid(
                  "The bundle has the type \"" + type + "\": send a batch or a transaction");
        };
    call.answerBundle(answer);
  }

  private static Json read(byte[] json) {
    try {
      Json bundle = Json.object(json);
      if (!bundle.text("resourceType").orElse("").equals("Bundle")) {
        throw OutcomeException.invalid("What is sent to the server itself is a Bundle");
      }
      return bundle;
    } catch (BadDocumentException e) {
      throw OutcomeException.of(400, "structure", String.valueOf(e.getMessage()));
    }
  }

  private static List<Entry> entries(Json bundle, String base) {
    if (bundle.value("entry").filter(json -> json[0] != '[').isPresent()) {
      throw OutcomeException.invalid("Bundle.entry is no list");
    }
    List<byte[]> found = bundle.elements("entry");
    if (found.size() > MAX_ENTRIES) {
      throw OutcomeException.of(
          413,
          "too-long",
          found.size() + " entries, at most " + MAX_ENTRIES + " are taken at once");
    }
    List<Entry> entries = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      entries.add(Entry.of(i, found.get(i), base));
    }
    return entries;
  }
}
