package org.skerry.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The router: a tree of segments, built once and never changed.
 *
 * <p>Looking for a path, a literal is tried before a variable and a variable before a rest, with a
 * way back when the end of that branch does not fit. The first pattern that fits decides: when it
 * does not have the method, the answer is 405, even where a later pattern would have it. So {@code
 * PUT /db/_changes} is never taken for a document.
 */
public final class PatternRouter implements Router {
  private final Node root = new Node();
  private final Map<String, ProblemForm> forms;

  /**
   * A router of these routes.
   *
   * @throws IllegalArgumentException for a pattern that cannot be, or a route given twice
   */
  public PatternRouter(List<Route> routes) {
    this(routes, Map.of());
  }

  /**
   * A router of these routes.
   *
   * @param forms how problems are told below a first segment, where not as CouchDB does
   * @throws IllegalArgumentException for a pattern that cannot be, or a route given twice
   */
  public PatternRouter(List<Route> routes, Map<String, ProblemForm> forms) {
    this.forms = Map.copyOf(forms);
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    List<String> names = new ArrayList<>();
    boolean rest = false;
    for (String part : route.pattern().split("/")) {
      if (part.isEmpty()) {
        continue;
      }
      if (rest) {
        throw new IllegalArgumentException("nothing can follow a rest: " + route.pattern());
      }
      rest = part.endsWith("*}");
      if (!part.startsWith("{")) {
        names.add("");
        node = node.literals.computeIfAbsent(part, key -> new Node());
      } else {
        names.add(part.substring(1, part.length() - (rest ? 2 : 1)));
        node = rest ? node.restOrNew() : node.variableOrNew();
      }
    }
    End end = new End(route.endpoint(), List.copyOf(names));
    if (node.ends.put(route.method(), end) != null) {
      throw new IllegalArgumentException(
          "two endpoints for " + route.method() + " " + route.pattern());
    }
  }

  @Override
  public Match find(Method method, List<String> segments) {
    Node node = locate(segments);
    End end = node.ends.get(method);
    if (end == null) {
      throw notAllowed(node);
    }
    return new Match(end.endpoint, end.variables(segments));
  }

  @Override
  public HttpProblem notAllowed(List<String> segments) {
    return notAllowed(locate(segments));
  }

  @Override
  public ProblemForm problems(List<String> segments) {
    return segments.isEmpty()
        ? ProblemForm.COUCH
        : forms.getOrDefault(segments.getFirst(), ProblemForm.COUCH);
  }

  private Node locate(List<String> segments) {
    Node node = root.locate(segments, 0);
    if (node == null) {
      throw HttpProblem.notFound("missing");
    }
    return node;
  }

  private static HttpProblem notAllowed(Node node) {
    Set<String> names = new TreeSet<>();
    node.ends.keySet().forEach(method -> names.add(method.name()));
    if (names.contains("GET")) {
      names.add("HEAD");
    }
    String allowed = String.join(",", names);
    return new HttpProblem(405, "method_not_allowed", "Only " + allowed + " allowed")
        .with("Allow", allowed);
  }

  /**
   * Where a pattern ends.
   *
   * @param names of the variables, one for each segment of the pattern, empty for a literal
   */
  private record End(Endpoint endpoint, List<String> names) {
    Map<String, String> variables(List<String> segments) {
      Map<String, String> variables = new HashMap<>(8);
      int last = names.size() - 1;
      for (int i = 0; i <= last; i++) {
        String name = names.get(i);
        if (name.isEmpty()) {
          continue;
        }
        boolean rest = i == last && segments.size() > names.size();
        variables.put(
            name, rest ? String.join("/", segments.subList(i, segments.size())) : segments.get(i));
      }
      return variables;
    }
  }

  /** What may follow the segments that lead here. Filled while the router is built. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<Method, End> ends = new EnumMap<>(Method.class);
    private @Nullable Node variable;
    private @Nullable Node rest;

    Node variableOrNew() {
      Node node = variable == null ? new Node() : variable;
      variable = node;
      return node;
    }

    Node restOrNew() {
      Node node = rest == null ? new Node() : rest;
      rest = node;
      return node;
    }

    /** Where the segments from {@code at} lead; null when nowhere. */
    @Nullable Node locate(List<String> segments, int at) {
      if (at == segments.size()) {
        return ends.isEmpty() ? null : this;
      }
      Node literal = literals.get(segments.get(at));
      Node found = literal == null ? null : literal.locate(segments, at + 1);
      if (found == null && variable != null) {
        found = variable.locate(segments, at + 1);
      }
      return found == null ? rest : found;
    }
  }
}
