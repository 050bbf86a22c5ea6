package org.skerry.fhir.rest.search;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.search.SearchRequest;

/** {@code GET /{type}}, {@code POST /{type}/_search}: resources of a type. */
public final class Search implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    String type = call.type();
    Searching searching = Searching.of(call);
    SearchRequest request =
        new SearchRequest(
            List.of(type),
            searching.query(),
            Optional.empty(),
            searching.isStrict(),
            Optional.of(call.base()));
    searching.answer("/" + type, () -> call.search().search(request));
  }
}
