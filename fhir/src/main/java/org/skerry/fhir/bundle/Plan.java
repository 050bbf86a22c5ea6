package org.skerry.fhir.bundle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.skerry.document.BadDocumentException;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.IncomingResource;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.ConditionalUpdate;
import org.skerry.fhir.rest.Conditions;
import org.skerry.fhir.rest.Create;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.rest.Update;
import org.skerry.fhir.rest.patch.PatchText;

/** What a transaction is about to write, before it is known whether it can be. One thread. */
final class Plan {
  /** What becomes of one entry. */
  sealed interface Step {
    Entry entry();

    /** A new version of a resource, or a new resource. */
    record Write(Entry entry, ResourceId id, IncomingResource resource) implements Step {}

    /** A resource that is changed by a patch, as it is when the transaction is written. */
    record Patch(Entry entry, ResourceId id, PatchText patch) implements Step {}

    /** A resource that goes. */
    record Delete(Entry entry, ResourceId id) implements Step {}

    /** A resource that is to be created on a condition, and is there. */
    record Present(Entry entry, ResourceId id) implements Step {}

    /** A resource that another entry creates on the same condition. */
    record Same(Entry entry, int creator) implements Step {}

    /** Nothing to do: the condition of a deletion finds nothing. */
    record Nothing(Entry entry) implements Step {}

    /** A request that is asked when all is written. */
    record Later(Entry entry) implements Step {}
  }

  private final Call call;
  private final Links links;
  private final List<Issue> issues = new ArrayList<>();

  /** What is written because nothing matches a condition yet. */
  private final Map<Condition, Planned> unmatched = new HashMap<>();

  /** A condition, whatever the order of its parts. */
  private record Condition(String type, List<String> parts) {
    static Condition of(String type, Parameters parameters) {
      return new Condition(
          type, parameters.list().stream().map(Parameters.Parameter::toString).sorted().toList());
    }
  }

  /** What an entry writes where nothing matched. */
  private record Planned(Entry entry, ResourceId id) {}

  private Plan(Call call) {
    this.call = call;
    this.links = new Links(call);
  }

  /**
   * Makes a plan: first all names, so that every link is known; then the resources.
   *
   * @throws OutcomeException with all that is wrong with the resources, or the first other fault
   */
  static List<Step> of(Call call, List<Entry> entries) {
    Plan plan = new Plan(call);
    Map<ResourceId, Integer> seen = new HashMap<>();
    List<Step> steps = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Step step = plan.name(entry);
      steps.add(step);
      plan.written(step).ifPresent(id -> checkOnce(seen, id, entry));
    }
    steps.replaceAll(plan::fill);
    if (!plan.issues.isEmpty()) {
      throw new OutcomeException(400, plan.issues);
    }
    return steps;
  }

  private static void checkOnce(Map<ResourceId, Integer> seen, ResourceId id, Entry entry) {
    Integer before = seen.put(id, entry.index());
    if (before != null) {
      throw entry.bad("is about " + id + ", as Bundle.entry[" + before + "] is: write it once");
    }
  }

  private Optional<ResourceId> written(Step step) {
    return switch (step) {
      case Step.Write write -> Optional.of(write.id());
      case Step.Patch patch -> Optional.of(patch.id());
      case Step.Delete delete -> Optional.of(delete.id());
      default -> Optional.empty();
    };
  }

  /** Finds out which resource an entry is about. */
  private Step name(Entry entry) {
    String[] segments = entry.segments();
    Step step =
        switch (entry.method()) {
          case POST -> segments.length == 1 ? create(entry, segments[0]) : new Step.Later(entry);
          case PUT -> update(entry, segments);
          case PATCH -> patch(entry, segments);
          case DELETE -> delete(entry, segments);
          case GET -> new Step.Later(entry);
          default -> throw entry.bad("cannot be part of a transaction: " + entry.method());
        };
    return step;
  }

  private Step create(Entry entry, String type) {
    IncomingResource resource = resource(entry);
    Create.checkType(resource, type);
    Optional<Parameters> condition =
        entry.request().text("ifNoneExist").map(Create::query).map(Parameters::parse);
    Optional<ResourceId> found = condition.flatMap(one -> Conditions.match(call, type, one));
    if (found.isPresent()) {
      links.add(entry, found.get());
      return new Step.Present(entry, found.get());
    }
    ResourceId id = new ResourceId(type, UUID.randomUUID().toString());
    if (condition.isPresent()) {
      Planned first =
          unmatched.computeIfAbsent(
              Condition.of(type, condition.get()), one -> new Planned(entry, id));
      if (first.entry().index() != entry.index()) {
        return same(entry, first);
      }
    }
    links.add(entry, id);
    return new Step.Write(entry, id, resource);
  }

  /**
   * Of creations on one condition the first creates, and the others find what it did, as if they
   * came one after another. Two would be what the condition is there to prevent.
   */
  private Step same(Entry entry, Planned first) {
    if (first.entry().method() != entry.method()) {
      throw onOneCondition(entry, first);
    }
    links.add(entry, first.id());
    return new Step.Same(entry, first.entry().index());
  }

  /** http://hl7.org/fhir/R4/http.html#trules: no two entries write one resource. */
  private static OutcomeException onOneCondition(Entry entry, Planned first) {
    return entry.bad(
        "has the condition of Bundle.entry[" + first.entry().index() + "]: write it once");
  }

  private Step update(Entry entry, String[] segments) {
    IncomingResource resource = resource(entry);
    if (segments.length == 1) {
      Create.checkType(resource, segments[0]);
      Optional<ResourceId> found = Conditions.match(call, segments[0], entry.parameters());
      ResourceId id = ConditionalUpdate.target(found, resource);
      if (found.isEmpty()) {
        Planned first =
            unmatched.putIfAbsent(
                Condition.of(segments[0], entry.parameters()), new Planned(entry, id));
        if (first != null) {
          throw onOneCondition(entry, first);
        }
      }
      links.add(entry, id);
      return new Step.Write(entry, id, resource);
    }
    ResourceId id = id(entry, segments);
    Create.checkType(resource, id.type());
    Update.checkId(resource, id);
    links.add(entry, id);
    return new Step.Write(entry, id, resource);
  }

  private Step patch(Entry entry, String[] segments) {
    byte[] resource = entry.resource().orElseThrow(() -> entry.bad("has no patch"));
    PatchText patch;
    try {
      patch = PatchText.ofEntry(call, resource);
    } catch (BadDocumentException e) {
      throw entry.bad("has no patch that can be read: " + e.getMessage());
    }
    if (segments.length != 1) {
      return new Step.Patch(entry, id(entry, segments), patch);
    }
    return Conditions.match(call, segments[0], entry.parameters())
        .map(id -> (Step) new Step.Patch(entry, id, patch))
        .orElseThrow(
            () ->
                OutcomeException.of(
                    404, "not-found", "Bundle.entry[" + entry.index() + "] matches nothing"));
  }

  private Step delete(Entry entry, String[] segments) {
    if (segments.length == 1) {
      return Conditions.match(call, segments[0], entry.parameters())
          .map(id -> (Step) new Step.Delete(entry, id))
          .orElseGet(() -> new Step.Nothing(entry));
    }
    return new Step.Delete(entry, id(entry, segments));
  }

  private ResourceId id(Entry entry, String[] segments) {
    if (segments.length == 2) {
      Optional<ResourceId> id = ResourceId.parse(segments[0] + '/' + segments[1]);
      if (id.isPresent() && call.models().shapes().types().contains(segments[0])) {
        return id.get();
      }
    }
    throw entry.bad("has the url \"" + entry.path() + "\", which names no resource");
  }

  private static IncomingResource resource(Entry entry) {
    byte[] json = entry.resource().orElseThrow(() -> entry.bad("has no resource"));
    try {
      return IncomingResource.read(json);
    } catch (BadDocumentException e) {
      throw entry.bad("has no resource that can be read: " + e.getMessage());
    }
  }

  /** Checks a resource, and replaces its links. */
  private Step fill(Step step) {
    if (!(step instanceof Step.Write write)) {
      return step;
    }
    List<Issue> found = new ArrayList<>();
    byte[] resolved = links.resolve(write.entry(), write.resource(), found);
    String place = "Bundle.entry[" + write.entry().index() + "].resource";
    for (Issue issue : found) {
      String path = issue.expression().orElse("");
      String below = path.contains(".") ? path.substring(path.indexOf('.')) : "";
      issues.add(Issue.error(issue.code(), issue.diagnostics(), place + below));
    }
    return new Step.Write(write.entry(), write.id(), IncomingResource.read(resolved));
  }
}
