package org.skerry.fhir.rest.search;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.search.SearchRequest;

/**
 * {@code GET /{type}/{id}/{member}}, and with {@code POST …/_search}: resources of a type in the
 * compartment of a resource, or of all types.
 */
public final class CompartmentSearch implements Interaction {
  private static final String ALL = "*";

  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    String member = call.exchange().variable("member");
    if (!member.equals(ALL) && !call.models().shapes().types().contains(member)) {
      throw OutcomeException.notSupported(
          404, "\"" + member + "\" is no resource type of R4, and no operation of this server");
    }
    Searching searching = Searching.of(call);
    SearchRequest request =
        new SearchRequest(
            member.equals(ALL) ? searching.types() : List.of(member),
            searching.query(),
            Optional.of(id.toString()),
            searching.isStrict(),
            Optional.of(call.base()));
    searching.answer("/" + id + "/" + member, () -> call.search().search(request));
  }
}
