package org.skerry.fhir.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.http.AnswerHead;
import org.skerry.revision.RevId;

/** {@code DELETE /{type}/{id}}: a tombstone; deleting what is not there changes nothing. */
public final class Delete implements Interaction {
  @Override
  public void answer(Call call) throws IOException {
    write(call, call.resourceId());
  }

  /** Deletes, and answers. */
  static void write(Call call, ResourceId id) throws IOException {
    Optional<RevId> tombstone = call.resources().delete(id, call.ifMatch());
    String done = tombstone.isPresent() ? id + " was deleted" : id + " is not here";
    List<AnswerHead.Header> headers =
        tombstone
            .map(rev -> List.of(new AnswerHead.Header("ETag", ResourceText.tag(rev))))
            .orElse(List.of());
    call.outcome(200, List.of(Issue.information(done)), headers);
  }
}
