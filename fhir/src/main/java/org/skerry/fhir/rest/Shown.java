package org.skerry.fhir.rest;

import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Rewriting;

/**
 * How much of a resource a client wants to see ({@code _summary}, {@code _elements},
 * http://hl7.org/fhir/R4/search.html#summary). What is left out is tagged {@code SUBSETTED}.
 */
public final class Shown {
  private static final Set<String> ALWAYS = Set.of("*.id", "*.meta", "*.(mandatory)");

  private final String summary;
  private final List<String> elements;

  private Shown(String summary, List<String> elements) {
    this.summary = summary;
    this.elements = elements;
  }

  /**
   * What a query asks for.
   *
   * @throws OutcomeException 400 when it asks for what there is not
   */
  public static Shown of(Parameters parameters) {
    String summary = parameters.first("_summary").orElse("");
    if (!Set.of("", "false", "true", "text", "data", "count").contains(summary)) {
      throw OutcomeException.invalid(
          "_summary is true, text, data, count or false, and not " + summary);
    }
    List<String> elements =
        parameters.all("_elements").stream()
            .flatMap(all -> List.of(all.split(",")).stream())
            .map(String::strip)
            .filter(one -> !one.isEmpty())
            .toList();
    return new Shown(summary.equals("false") ? "" : summary, elements);
  }

  private boolean isAll() {
    return summary.isEmpty() && elements.isEmpty();
  }

  /** Whether only the number of what is found is wanted. */
  public boolean isCount() {
    return summary.equals("count");
  }

  /**
   * Answers with as much of the resource as a read asks for; whoever asks for all of it gets its
   * data, too.
   *
   * @throws OutcomeException 400 when it asks for what there is not
   */
  static void answer(Call call, ResourceText resource) throws IOException {
    Shown shown = of(call.parameters());
    if (shown.isCount()) {
      throw OutcomeException.invalid("_summary=count is for searches: there is one resource here");
    }
    if (shown.isAll()) {
      Whole.answer(call, 200, resource, Versions.headers(resource));
      return;
    }
    byte[] json = resource.versionJson(call.base());
    call.answer(
        200, shown.of(json, resource.id().type(), call.models()), Versions.headers(resource));
  }

  /**
   * As much of a resource as is wanted.
   *
   * @throws OutcomeException 400 when it is kept in a form of which R4 knows no parts
   */
  public byte[] of(byte[] json, String type, Models models) {
    if (isAll() || isCount()) {
      return json;
    }
    IBaseResource resource = models.kept(Rewriting.completed(json));
    IParser writer = models.context().newJsonParser();
    switch (summary) {
      case "true" -> writer.setSummaryMode(true);
      case "text" -> writer.setEncodeElements(with(Set.of("*.text")));
      case "data" -> writer.setSuppressNarratives(true);
      default -> writer.setEncodeElements(with(wanted(type)));
    }
    return writer.encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
  }

  private Set<String> wanted(String type) {
    Set<String> wanted = new TreeSet<>();
    for (String element : elements) {
      wanted.add(element.contains(".") ? element : type + "." + element);
    }
    return wanted;
  }

  private static Set<String> with(Set<String> more) {
    Set<String> all = new TreeSet<>(ALWAYS);
    all.addAll(more);
    return all;
  }
}
