package org.skerry.fhir.rest.patch;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which FHIRPath a patch may have: the specification wants paths to be simple
 * (http://hl7.org/fhir/R4/fhirpatch.html), and others could be made to run for very long. Looked at
 * as text, so whatever the engine reads as a space is refused where this does not: a function would
 * hide behind it.
 */
final class SimplePath {
  private static final int LONGEST = 1_000;

  private static final Set<String> FUNCTIONS =
      Set.of(
          "where",
          "first",
          "last",
          "single",
          "extension",
          "ofType",
          "as",
          "is",
          "exists",
          "empty",
          "not",
          "startsWith",
          "endsWith",
          "contains",
          "hasValue",
          "skip",
          "take",
          "tail");

  /** Behind these a parenthesis opens a group. */
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "xor", "implies", "in", "contains", "is", "as", "div", "mod");

  private static final Pattern CALL = Pattern.compile("([A-Za-z_]\\w*)\\s*\\(");

  /**
   * Texts and names in quotes, to look at what stands around them. Double quotes are none in R4:
   * each is a text of its own, and what stands between two is followed.
   */
  private static final Pattern QUOTED =
      Pattern.compile("(['`])(?:(?!\\1)[^\\\\]|\\\\.)*+\\1", Pattern.DOTALL);

  /** A comment, a variable, or a function in quotes. */
  private static final Pattern NOT_SIMPLE = Pattern.compile("//|/\\*|%|''\\s*\\(");

  /** A double quote, or neither ASCII that is seen nor a space that the patterns above know. */
  private static final Pattern ODD = Pattern.compile("[^\\x20-\\x7e\\t\\n\\r]|\"");

  private SimplePath() {}

  /** Why a path is none for patches; nothing when it is one, or nothing that means something. */
  static Optional<String> fault(String path) {
    if (path.isBlank() || path.length() > LONGEST) {
      return Optional.of("has no path, or one that is too long");
    }
    String bare = QUOTED.matcher(path).replaceAll("''");
    if (ODD.matcher(bare).find()) {
      return Optional.of(
          "has a path with a double quote or a character that is not of ASCII outside of single"
              + " quotes");
    }
    if (NOT_SIMPLE.matcher(bare).find()) {
      return Optional.of("has a path with a comment or a variable: not in patches");
    }
    Matcher calls = CALL.matcher(bare);
    while (calls.find()) {
      String name = calls.group(1);
      if (!FUNCTIONS.contains(name) && !OPERATORS.contains(name)) {
        return Optional.of("has a path with the function " + name + ": not in patches");
      }
    }
    return Optional.empty();
  }
}
