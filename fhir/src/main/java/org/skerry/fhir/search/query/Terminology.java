package org.skerry.fhir.search.query;

/**
 * What value sets and code systems say. Codes come as they are compared. What is asked of one that
 * is not known is a {@link BadSearchException}.
 */
public interface Terminology {
  /** For conditional interactions, which are answered without waiting for the index. */
  Terminology NONE =
      new Terminology() {
        @Override
        public CodeSet valueSet(String canonical) {
          throw BadSearchException.unsupported(
              "conditional interactions do not ask the ValueSet " + canonical);
        }

        @Override
        public Codes below(String system, String code) {
          throw BadSearchException.unsupported(
              "conditional interactions do not ask the CodeSystem " + system);
        }

        @Override
        public Codes above(String system, String code) {
          return below(system, code);
        }
      };

  /**
   * The codes of a value set.
   *
   * @param canonical its URL, perhaps with a version; or {@code ValueSet/id}
   */
  CodeSet valueSet(String canonical);

  /** A code with all that it comprises. */
  Codes below(String system, String code);

  /** A code with all that comprise it. */
  Codes above(String system, String code);
}
