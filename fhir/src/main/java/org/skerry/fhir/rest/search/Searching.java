package org.skerry.fhir.rest.search;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Parameters;
import org.skerry.fhir.rest.Parameters.Parameter;
import org.skerry.fhir.rest.Preference;
import org.skerry.fhir.rest.Shown;
import org.skerry.fhir.search.SearchAnswer;
import org.skerry.fhir.search.execute.SearchPage;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.fhir.search.query.QueryReader;
import org.skerry.http.Method;
import org.skerry.store.StoredDocument;

/** A search as it came by HTTP, and its answer. One thread. */
final class Searching {
  private static final String SORT = "_sort";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Call call;
  private final Parameters parameters;
  private final Shown shown;

  private Searching(Call call, Parameters parameters) {
    this.call = call;
    this.parameters = parameters;
    this.shown = Shown.of(parameters);
  }

  /**
   * A search by URL, or by a form beside it.
   *
   * @throws OutcomeException 415 when what was sent is no form
   */
  static Searching of(Call call) throws IOException {
    if (call.exchange().method() != Method.POST) {
      return new Searching(call, call.parameters());
    }
    byte[] body = call.exchange().readBody();
    String type = call.exchange().header("Content-Type").orElse(FORM).toLowerCase(Locale.ROOT);
    if (body.length > 0 && !type.startsWith(FORM)) {
      throw OutcomeException.notSupported(
          415, "A search is sent as " + FORM + ", and not as " + type);
    }
    Parameters form = Parameters.parse(new String(body, StandardCharsets.UTF_8));
    return new Searching(call, call.parameters().with(form));
  }

  /** The parameters, for the search itself. */
  List<QueryParameter> query() {
    List<QueryParameter> query = new ArrayList<>();
    for (Parameter one : parameters.list()) {
      if (!shown.isCount() || !Set.of("_count", "_total").contains(one.name())) {
        query.add(new QueryParameter(one.name(), one.value()));
      }
    }
    if (shown.isCount()) {
      query.add(new QueryParameter("_count", "0"));
      query.add(new QueryParameter("_total", "accurate"));
    }
    return query;
  }

  Parameters parameters() {
    return parameters;
  }

  boolean isStrict() {
    return Preference.value(call.exchange(), "handling").filter("strict"::equals).isPresent();
  }

  /** The types that {@code _type} names; none are all. */
  List<String> types() {
    List<String> types =
        parameters.all("_type").stream()
            .flatMap(all -> List.of(all.split(",")).stream())
            .filter(type -> !type.isEmpty())
            .toList();
    for (String type : types) {
      if (!call.models().shapes().types().contains(type)) {
        throw OutcomeException.invalid("_type: R4 has no resource type " + type);
      }
    }
    return types;
  }

  /**
   * Searches, and answers.
   *
   * @param path of the search, below the server's base
   */
  void answer(String path, Supplier<SearchAnswer> search) throws IOException {
    SearchAnswer found;
    try {
      found = search.get();
    } catch (BadSearchException e) {
      throw OutcomeException.of(400, e.kind().code(), String.valueOf(e.getMessage()));
    }
    SearchPage page = found.page();
    String url = call.base() + path;
    SearchSet set =
        new SearchSet(
            page.total(),
            link(url, found, Optional.empty()),
            page.next().map(cursor -> link(url, found, Optional.of(cursor))));
    List<Issue> issues = new ArrayList<>();
    call.trail().asked(Action.SEARCH);
    page.matches().forEach(one -> add(one, "match", set, issues));
    page.included().forEach(one -> add(one, "include", set, issues));
    for (String ignored : found.ignored()) {
      issues.add(
          Issue.warning("not-supported", "The parameter " + ignored + " is unknown here: ignored"));
    }
    if (page.truncated()) {
      issues.add(
          Issue.warning(
              "too-costly", "Not all that was to be included is in this page: it is too much"));
    }
    if (!issues.isEmpty()) {
      set.add(issues);
    }
    call.database().countReads(page.matches().size() + page.included().size());
    call.answerBundle(set.finish());
  }

  private void add(StoredDocument document, String mode, SearchSet set, List<Issue> issues) {
    ResourceId id = ResourceId.of(document.id()).orElseThrow();
    try {
      ResourceText text = ResourceText.of(id, document);
      call.trail().showed(Action.SEARCH, text);
      byte[] json = text.json(call.base());
      byte[] wanted = shown.of(json, id.type(), call.models());
      set.add(call.base() + "/" + id, wanted, mode);
    } catch (NoResourceException e) {
      issues.add(Issue.warning("structure", String.valueOf(e.getMessage())));
    } catch (OutcomeException e) { // one that another API wrote: the others are shown
      issues.add(Issue.warning("structure", id + " is not shown in part: " + e.getMessage()));
    }
  }

  /** The search as it was understood, for a page of it. */
  private String link(String url, SearchAnswer found, Optional<String> cursor) {
    Set<String> ignored = new HashSet<>(found.ignored());
    found.used().forEach(one -> ignored.remove(one.name()));
    List<Parameter> used = new ArrayList<>();
    for (Parameter one : parameters.list()) {
      if (one.name().equals(SORT)) {
        sortedBy(one, ignored).ifPresent(used::add);
      } else if (!ignored.contains(one.name())
          && (cursor.isEmpty() || !one.name().equals(QueryReader.CURSOR))) {
        used.add(one);
      }
    }
    cursor.ifPresent(text -> used.add(new Parameter(QueryReader.CURSOR, text)));
    return url
        + used.stream()
            .map(one -> encoded(one.name()) + "=" + encoded(one.value()))
            .collect(Collectors.joining("&", used.isEmpty() ? "" : "?", ""));
  }

  /** What of an order is understood; nothing where nothing is. */
  private static Optional<Parameter> sortedBy(Parameter order, Set<String> ignored) {
    String used =
        Arrays.stream(order.value().split(",", -1))
            .filter(part -> !ignored.contains(SORT + "=" + part))
            .collect(Collectors.joining(","));
    return used.isEmpty() ? Optional.empty() : Optional.of(new Parameter(SORT, used));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%2F", "/");
  }
}
