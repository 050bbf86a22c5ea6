package org.skerry.fhir.bundle;

import java.util.List;
import org.skerry.fhir.rest.Call;

/** A batch: requests that have nothing to do with each other, one after the other. */
final class Batch {
  private final SubRequests requests;

  Batch(SubRequests requests) {
    this.requests = requests;
  }

  byte[] run(Call call, List<Entry> entries) {
    ResponseText response = new ResponseText("batch-response");
    for (Entry entry : entries) {
      response.add(requests.ask(call, new EntryRequest(call.exchange(), entry)));
    }
    return response.finish();
  }
}
