package org.skerry.exchange.client.fhir;

import org.skerry.exchange.client.ClientProvider;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.RecordClient;

/** FHIR servers. */
public final class FhirProvider implements ClientProvider {
  @Override
  public String name() {
    return "fhir";
  }

  @Override
  public RecordClient open(Line line) {
    return new FhirClient(line);
  }
}
