package org.skerry.fhir.search.query;

import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;

/** Reads {@code _include} and {@code _revinclude}: {@code Source:parameter[:Target]}. */
final class IncludeReader {
  private static final String ALL = "*";
  private static final int PARTS = 3;

  private final SearchParameters parameters;

  IncludeReader(SearchParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * One of them.
   *
   * @param found the type of what is found, for {@code *} alone
   */
  SearchQuery.Include read(String found, String name, String value) {
    int colon = name.indexOf(':');
    String modifier = colon < 0 ? "" : name.substring(colon + 1);
    boolean iterate = modifier.equals("iterate") || modifier.equals("recurse");
    if (!iterate && !modifier.isEmpty()) {
      throw BadSearchException.unsupported(name + ": the only modifier is :iterate");
    }
    boolean reverse = name.startsWith("_revinclude");
    String[] parts = value.split(":", -1);
    if (parts.length > PARTS || parts.length == 1 && (reverse || !value.equals(ALL))) {
      throw BadSearchException.invalid(
          name + " needs Type:parameter or Type:parameter:TargetType, and not " + value);
    }
    String source = parts.length == 1 ? found : parts[0];
    Optional<String> target =
        parts.length == PARTS && !parts[2].isEmpty() ? Optional.of(parts[2]) : Optional.empty();
    target.ifPresent(this::known);
    known(source);
    String code = parts.length == 1 ? ALL : parts[1];
    return new SearchQuery.Include(references(source, code), target, reverse, iterate);
  }

  private void known(String type) {
    if (!parameters.isType(type)) {
      throw BadSearchException.invalid("there is no type of resource " + type);
    }
  }

  private List<SearchParameter> references(String type, String code) {
    List<SearchParameter> found =
        parameters.of(type).stream()
            .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
            .filter(parameter -> code.equals(ALL) || parameter.code().equals(code))
            .toList();
    if (found.isEmpty() && !code.equals(ALL)) {
      throw BadSearchException.invalid(
          type + "." + code + " is no search parameter for references");
    }
    return found;
  }
}
