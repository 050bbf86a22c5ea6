package org.skerry.fhir.rest.history;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;

/** {@code GET /{type}/{id}/_history}: the revision tree, newest first. */
public final class InstanceHistory implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    ResourceId id = call.resourceId();
    HistoryQuery query = HistoryQuery.of(call);
    DocumentStore store = call.database().store();
    List<RevId> all = Versions.of(store, id.document());
    if (all.isEmpty()) {
      throw OutcomeException.of(404, "not-found", id + " is not known here");
    }
    int from = query.page().map(rev -> behind(all, rev)).orElse(0);
    int to = Math.min(all.size(), from + query.count());
    HistorySet set = new HistorySet(call.base(), call.trail());
    Versions.add(set, store, id, all.subList(from, to), query);
    String url = call.base() + "/" + id + "/_history";
    Optional<String> next =
        to < all.size()
            ? Optional.of(query.link(url, Optional.of(all.get(to - 1).toString())))
            : Optional.empty();
    Optional<Integer> total = query.since().isEmpty() ? Optional.of(all.size()) : Optional.empty();
    call.answerBundle(set.finish(total, query.link(url, query.page()), next));
  }

  private static int behind(List<RevId> all, String rev) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).toString().equals(rev)) {
        return i + 1;
      }
    }
    throw OutcomeException.of(
        410,
        "not-found",
        "The version where the page before ended is not known any more: begin anew");
  }
}
