package org.skerry.fhir.search.query;

import org.skerry.fhir.search.definition.SearchParameter;

/** What stands behind a parameter's name. */
final class Modifiers {
  private Modifiers() {}

  /** Says that a parameter does not take it: such a query has to be refused (R4, 3.1.1.4.5). */
  static BadSearchException unknown(SearchParameter parameter, String modifier) {
    return BadSearchException.unsupported(
        "the parameter "
            + parameter
            + " of type "
            + parameter.type().code()
            + " does not support the modifier :"
            + modifier);
  }
}
