package org.skerry.fhir.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Subjects;
import org.skerry.revision.RevId;

/** What a request touches, with all that is asked within it. One thread. */
public final class Trail {
  private final AuditLevel level;
  private final List<Step> steps = new ArrayList<>();
  private final List<ResourceId> repeated = new ArrayList<>();

  /**
   * One thing that was done, or was refused.
   *
   * @param what which interaction that was
   * @param about the resource, if it was about one
   * @param patient whom the resource is about, as a reference, if that is known
   * @param status as it was answered
   * @param problem why it was refused; empty when it was done
   */
  record Step(
      Action what,
      Optional<ResourceId> about,
      Optional<RevId> version,
      Optional<String> patient,
      int status,
      String problem) {}

  /** A trail that takes down what is written, and what is read if that level wants it. */
  public Trail(AuditLevel level) {
    this.level = level;
  }

  /** What was wanted when the request came. */
  AuditLevel level() {
    return level;
  }

  private boolean wants(Action action) {
    return level == AuditLevel.ALL || action.isWrite();
  }

  /** A version of a resource was written. */
  public void wrote(Action what, ResourceId id, RevId version, Body body) {
    steps.add(done(what, id, version, Subjects.of(body)));
  }

  /** A resource was sent as it is already. */
  public void repeated(ResourceId id) {
    repeated.add(id);
  }

  /** The resources of a type that were sent as they are already. */
  public List<ResourceId> repeated(String type) {
    return repeated.stream().filter(id -> id.type().equals(type)).toList();
  }

  /** A version of a resource was shown. */
  public void showed(Action what, ResourceText text) {
    if (level == AuditLevel.ALL) {
      steps.add(done(what, text.id(), text.rev(), text.patient()));
    }
  }

  private static Step done(Action what, ResourceId id, RevId version, Optional<String> patient) {
    return new Step(what, Optional.of(id), Optional.of(version), patient, 200, "");
  }

  /** A resource was deleted. */
  public void deleted(ResourceId id, RevId tombstone) {
    steps.add(
        new Step(
            Action.DELETE, Optional.of(id), Optional.of(tombstone), Optional.empty(), 200, ""));
  }

  /** Something was asked that is not about one resource. */
  public void asked(Action what) {
    if (wants(what)) {
      steps.add(new Step(what, Optional.empty(), Optional.empty(), Optional.empty(), 200, ""));
    }
  }

  /** Something was refused. */
  public void refused(Action what, Optional<ResourceId> about, int status, String problem) {
    if (wants(what)) {
      steps.add(new Step(what, about, Optional.empty(), Optional.empty(), status, problem));
    }
  }

  /** The resources of a type that were written. */
  public List<ResourceId> written(String type) {
    List<ResourceId> found = new ArrayList<>();
    for (Step step : steps) {
      if (step.what.isWrite() && step.problem.isEmpty()) {
        step.about.filter(id -> id.type().equals(type)).ifPresent(found::add);
      }
    }
    return found;
  }

  List<Step> steps() {
    return steps;
  }
}
