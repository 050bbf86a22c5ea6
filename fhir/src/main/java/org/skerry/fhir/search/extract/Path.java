package org.skerry.fhir.search.extract;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * A way through a resource to elements of one datatype.
 *
 * @param fromRoot whether it begins at the resource, wherever it is followed from
 * @param end the datatype
 * @param system the code system of a code that has a fixed one
 */
record Path(
    boolean fromRoot,
    List<Step> steps,
    BaseRuntimeElementDefinition<?> end,
    Optional<String> system) {
  Path {
    steps = List.copyOf(steps);
  }

  static Path at(BaseRuntimeElementDefinition<?> start) {
    return new Path(false, List.of(), start, Optional.empty());
  }

  static Path atRoot(BaseRuntimeElementDefinition<?> root) {
    return new Path(true, List.of(), root, Optional.empty());
  }

  Path then(String member, BaseRuntimeElementDefinition<?> type, Optional<String> ofSystem) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(Step.to(member));
    return new Path(fromRoot, longer, type, ofSystem);
  }

  private Path withLast(UnaryOperator<Step> change) {
    List<Step> changed = new ArrayList<>(steps);
    changed.add(change.apply(changed.removeLast()));
    return new Path(fromRoot, changed, end, system);
  }

  Path where(Predicate<JsonNode> condition) {
    return withLast(step -> step.where(condition));
  }

  Path first(int index) {
    return withLast(step -> step.at(index));
  }

  /** Visits what stands at its end. */
  void follow(JsonNode root, JsonNode from, Consumer<JsonNode> visitor) {
    follow(fromRoot ? root : from, 0, visitor);
  }

  private void follow(JsonNode at, int depth, Consumer<JsonNode> visitor) {
    if (depth == steps.size()) {
      visitor.accept(at);
      return;
    }
    Step step = steps.get(depth);
    JsonNode next = at.get(step.member());
    if (next == null) {
      return;
    }
    if (!next.isArray()) {
      if (step.filter().test(next)) {
        follow(next, depth + 1, visitor);
      }
      return;
    }
    for (int i = 0; i < next.size(); i++) {
      JsonNode element = next.get(i);
      if (step.takes(i) && !element.isNull() && step.filter().test(element)) {
        follow(element, depth + 1, visitor);
      }
    }
  }
}
