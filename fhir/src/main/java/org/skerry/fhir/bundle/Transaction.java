package org.skerry.fhir.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.NewRevision;
import org.skerry.database.TogetherResult;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.fhir.attached.Attachments;
import org.skerry.fhir.attached.Detached;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.bundle.Plan.Step;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.StampedBody;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Conditions;
import org.skerry.fhir.rest.Create;
import org.skerry.fhir.rest.Preference;
import org.skerry.fhir.rest.Resources;
import org.skerry.fhir.rest.Update;
import org.skerry.fhir.shape.LinkSink;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.CouchProblems;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * A transaction, in these steps: a plan of what is written; the documents as they are now; one
 * write of all documents, or none, and the same again when somebody else wrote meanwhile; then what
 * the transaction reads; then the answer, in the order of the entries.
 */
final class Transaction {
  private static final int TRIES = 10;

  private final SubRequests requests;

  Transaction(SubRequests requests) {
    this.requests = requests;
  }

  byte[] run(Call call, List<Entry> entries) {
    boolean conditional = entries.stream().anyMatch(Transaction::isConditional);
    Lock lock = Conditions.lock(call);
    if (conditional) {
      lock.lock();
    }
    try {
      List<Step> steps = Plan.of(call, entries);
      for (int i = 0; i < TRIES; i++) {
        Map<Integer, Done> done = new HashMap<>();
        if (write(call, steps, done)) {
          return answer(call, steps, done);
        }
      }
    } finally {
      if (conditional) {
        lock.unlock();
      }
    }
    throw OutcomeException.of(
        409, "conflict", "Others change the same resources all the time: try again");
  }

  private static boolean isConditional(Entry entry) {
    return entry.request().text("ifNoneExist").isPresent() || !entry.query().isEmpty();
  }

  /** What became of an entry that writes. */
  private record Done(int status, ResourceId id, Optional<StoredRevision> revision, RevId rev) {
    /** The same for an entry that found what another one wrote. */
    private Done found() {
      return new Done(200, id, revision, rev);
    }
  }

  /** An edit, and what its entry is answered when it is written. */
  private record Planned(Step step, NewRevision edit, int status) {}

  /** Writes, and notes what became of the entries; false when it is to be tried again. */
  private static boolean write(Call call, List<Step> steps, Map<Integer, Done> done) {
    List<Detached> data = new ArrayList<>();
    try {
      return write(call, steps, done, data);
    } finally {
      data.forEach(Detached::close);
    }
  }

  private static boolean write(
      Call call, List<Step> steps, Map<Integer, Done> done, List<Detached> data) {
    Map<ResourceId, StoredDocument> before = load(call, steps);
    Instant now = Instant.now();
    List<Planned> planned = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Write write ->
            edit(call, write, Optional.ofNullable(before.get(write.id())), now, done, data)
                .ifPresent(planned::add);
        case Step.Patch patch ->
            edit(
                    call,
                    patched(call, patch, Optional.ofNullable(before.get(patch.id()))),
                    Optional.ofNullable(before.get(patch.id())),
                    now,
                    done,
                    data)
                .ifPresent(planned::add);
        case Step.Delete delete ->
            deletion(call, delete, Optional.ofNullable(before.get(delete.id())))
                .ifPresent(planned::add);
        case Step.Present present -> {
          StoredDocument document = before.get(present.id());
          if (document == null || document.deleted()) {
            return false;
          }
          done.put(present.entry().index(), unchanged(present.id(), document));
        }
        case Step.Same same -> {}
        case Step.Nothing nothing -> {}
        case Step.Later later -> {}
      }
    }
    if (planned.isEmpty()) {
      return true;
    }
    List<NewRevision> edits = planned.stream().map(Planned::edit).toList();
    return switch (call.database().updateTogether(edits, call.resources().author())) {
      case TogetherResult.Written written -> {
        note(call, planned, written.results(), done);
        yield true;
      }
      case TogetherResult.Refused(int index, WriteResult why) -> {
        if (why instanceof WriteResult.Conflict) {
          yield false;
        }
        throw refused(planned.get(index).step(), why);
      }
    };
  }

  private static void note(
      Call call, List<Planned> planned, List<WriteResult> results, Map<Integer, Done> done) {
    for (int i = 0; i < planned.size(); i++) {
      Planned one = planned.get(i);
      RevId rev = Resources.rev(results.get(i));
      NewRevision edit = one.edit();
      ResourceId id = ResourceId.of(edit.id()).orElseThrow();
      if (edit.deleted()) {
        call.trail().deleted(id, rev);
      } else {
        Action action = one.status() == 201 ? Action.CREATE : Action.UPDATE;
        call.trail().wrote(action, id, rev, edit.body());
      }
      Optional<StoredRevision> revision =
          edit.deleted()
              ? Optional.empty()
              : Optional.of(new StoredRevision(rev, false, edit.body(), refs(edit)));
      done.put(one.step().entry().index(), new Done(one.status(), id, revision, rev));
    }
  }

  private static List<AttachmentRef> refs(NewRevision edit) {
    return edit.attachments().stream()
        .filter(AttachmentInput.Stored.class::isInstance)
        .map(input -> ((AttachmentInput.Stored) input).ref())
        .toList();
  }

  private static Map<ResourceId, StoredDocument> load(Call call, List<Step> steps) {
    List<DocId> wanted = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        // What is new has a name that nobody had.
        case Step.Write write when write.entry().method() == org.skerry.http.Method.POST -> {}
        case Step.Write write -> wanted.add(write.id().document());
        case Step.Patch patch -> wanted.add(patch.id().document());
        case Step.Delete delete -> wanted.add(delete.id().document());
        case Step.Present present -> wanted.add(present.id().document());
        case Step.Same same -> {}
        case Step.Nothing nothing -> {}
        case Step.Later later -> {}
      }
    }
    Map<ResourceId, StoredDocument> before = new HashMap<>();
    if (wanted.isEmpty()) {
      return before;
    }
    call.database()
        .store()
        .load(
            wanted,
            Fields.WINNER,
            document -> {
              ResourceId.of(document.id()).ifPresent(id -> before.put(id, document));
              return true;
            });
    return before;
  }

  private static Optional<Planned> edit(
      Call call,
      Step.Write write,
      Optional<StoredDocument> before,
      Instant now,
      Map<Integer, Done> done,
      List<Detached> data) {
    ResourceId id = write.id();
    Resources.checkVersion(id, before, write.entry().ifMatch());
    Optional<StoredRevision> current = before.flatMap(Resources::live);
    Detached sent = call.resources().detach(write.resource().json(), id.type());
    data.add(sent);
    IncomingResource resource =
        sent.brought().isEmpty() ? write.resource() : IncomingResource.read(sent.json());
    List<AttachmentRef> there = current.map(StoredRevision::attachments).orElse(List.of());
    StampedBody body =
        Attachments.meant(resource, id, current)
            .body(id, now, call.resources().limits().documents().get());
    List<AttachmentRef> attachments = Attachments.next(id, body.body(), there, sent.brought());
    if (current.isPresent()
        && body.saysSameAs(current.get().body())
        && Attachments.same(attachments, there)) {
      done.put(write.entry().index(), unchanged(id, before.orElseThrow()));
      return Optional.empty();
    }
    NewRevision edit =
        new NewRevision(
            id.document(),
            before.map(document -> document.winner().rev()),
            false,
            body.body(),
            Attachments.inputs(attachments));
    return Optional.of(new Planned(write, edit, current.isPresent() ? 200 : 201));
  }

  /** The resource as the patch leaves it; it is checked as one that is sent. */
  private static Step.Write patched(Call call, Step.Patch patch, Optional<StoredDocument> before) {
    StoredDocument document =
        before
            .filter(there -> !there.deleted())
            .orElseThrow(
                () -> OutcomeException.of(404, "not-found", patch.id() + " is not known here"));
    byte[] json = patch.patch().apply(ResourceText.of(patch.id(), document));
    IncomingResource resource = call.resources().check(json, LinkSink.NONE);
    Create.checkType(resource, patch.id().type());
    Update.checkId(resource, patch.id());
    return new Step.Write(patch.entry(), patch.id(), resource);
  }

  private static Optional<Planned> deletion(
      Call call, Step.Delete delete, Optional<StoredDocument> before) {
    Resources.checkVersion(delete.id(), before, delete.entry().ifMatch());
    return before
        .flatMap(Resources::live)
        .map(
            current ->
                new Planned(delete, call.resources().deletion(delete.id(), current.rev()), 204));
  }

  private static Done unchanged(ResourceId id, StoredDocument document) {
    return new Done(200, id, Resources.live(document), document.winner().rev());
  }

  private static RuntimeException refused(Step step, WriteResult why) {
    HttpProblem problem = CouchProblems.of(why).orElseThrow();
    String code =
        problem.status() == 401 ? "login" : problem.status() == 403 ? "forbidden" : "processing";
    String where = "Bundle.entry[" + step.entry().index() + "]";
    return new OutcomeException(
        problem.status(), List.of(Issue.error(code, problem.reason(), where)), problem.headers());
  }

  private byte[] answer(Call call, List<Step> steps, Map<Integer, Done> done) {
    boolean shown =
        Preference.value(call.exchange(), "return").equals(Optional.of("representation"));
    ResponseText response = new ResponseText("transaction-response");
    for (Step step : steps) {
      Done one = done.get(step instanceof Step.Same same ? same.creator() : step.entry().index());
      if (step instanceof Step.Later later) {
        response.add(requests.ask(call, new EntryRequest(call.exchange(), later.entry())));
      } else if (one == null) {
        response.add(204, "", "", "", Optional.empty());
      } else {
        add(call, response, step instanceof Step.Same ? one.found() : one, shown);
      }
    }
    return response.finish();
  }

  private static void add(Call call, ResponseText response, Done done, boolean shown) {
    Optional<ResourceText> text =
        done.revision().map(revision -> ResourceText.of(done.id(), revision));
    response.add(
        done.status(),
        done.revision().isPresent() ? done.id() + "/_history/" + done.rev() : "",
        ResourceText.tag(done.rev()),
        text.flatMap(ResourceText::lastUpdated).map(Instant::toString).orElse(""),
        shown ? text.map(resource -> resource.versionJson(call.base())) : Optional.empty());
  }
}
