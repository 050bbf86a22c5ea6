package org.skerry.fhir.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.rest.Models;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.rest.Parameters.Parameter;

/** The parameters of an operation that were sent as a resource. */
final class OperationParameters {
  private OperationParameters() {}

  /** The primitive ones, as a query would have them. */
  static Parameters of(String json, Models models) {
    if (!(models.model(json.getBytes(StandardCharsets.UTF_8))
        instanceof org.hl7.fhir.r4.model.Parameters sent)) {
      throw OutcomeException.invalid("What is sent to an operation is a Parameters resource");
    }
    List<Parameter> list = new ArrayList<>();
    for (ParametersParameterComponent one : sent.getParameter()) {
      String value = one.getValue() == null ? "" : one.getValue().primitiveValue();
      list.add(new Parameter(one.getName(), value == null ? "" : value));
    }
    return new Parameters(list);
  }
}
