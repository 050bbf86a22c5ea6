package org.skerry.fhir.rest.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.search.query.QueryParameter;

/**
 * {@code GET /Patient/{id}/$everything}: all in the patient's compartment with what it refers to, a
 * page at a time (http://hl7.org/fhir/R4/patient-operation-everything.html).
 */
public final class Everything implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    if (!id.type().equals("Patient")) {
      throw OutcomeException.notSupported(404, "$everything is there for Patient alone");
    }
    if (call.resources().find(id).filter(document -> !document.deleted()).isEmpty()) {
      throw OutcomeException.of(404, "not-found", id + " is not known here");
    }
    Searching searching = Searching.of(call);
    List<String> types = searching.types();
    List<QueryParameter> query = query(searching);
    searching.answer(
        "/" + id + "/$everything", () -> call.search().everything(id.toString(), types, query));
  }

  private static List<QueryParameter> query(Searching searching) {
    List<QueryParameter> query = new ArrayList<>();
    for (QueryParameter one : searching.query()) {
      switch (one.name()) {
        case "_since" -> query.add(new QueryParameter("_lastUpdated", "ge" + one.value()));
        case "start", "end" ->
            throw OutcomeException.notSupported(
                400, "$everything does not select by dates of care: use _since, or a search");
        default -> query.add(one);
      }
    }
    return query;
  }
}
