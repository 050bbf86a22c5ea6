package org.skerry.fhir.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;

/** Parameters as they were given: in their order, and as often as they were given. */
public record Parameters(List<Parameter> list) {
  /** One parameter, decoded. */
  public record Parameter(String name, String value) {}

  public Parameters {
    list = List.copyOf(list);
  }

  /**
   * Reads a query or a form.
   *
   * @throws OutcomeException 400 when it is not percent-encoded
   */
  public static Parameters parse(String raw) {
    List<Parameter> list = new ArrayList<>();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        list.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return new Parameters(list);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OutcomeException.invalid("The query is not percent-encoded: " + text);
    }
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    return list.stream().filter(one -> one.name.equals(name)).map(Parameter::value).findFirst();
  }

  /** All values of that name. */
  public List<String> all(String name) {
    return list.stream().filter(one -> one.name.equals(name)).map(Parameter::value).toList();
  }

  /** These and others. */
  public Parameters with(Parameters more) {
    List<Parameter> all = new ArrayList<>(list);
    all.addAll(more.list);
    return new Parameters(all);
  }
}
