package org.skerry.fhir.rest.search;

import java.io.IOException;
import java.util.Optional;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.search.SearchRequest;

/** {@code GET /?_type=…}, {@code POST /_search}: resources of several types, or of all. */
public final class SystemSearch implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    Searching searching = Searching.of(call);
    SearchRequest request =
        new SearchRequest(
            searching.types(),
            searching.query(),
            Optional.empty(),
            searching.isStrict(),
            Optional.of(call.base()));
    searching.answer("", () -> call.search().search(request));
  }
}
