package org.skerry.selector;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a regular expression of PCRE's syntax, which selectors are written in, as one of Java's.
 *
 * <p>Rewritten: {@code [:alpha:]} and its kin, brackets and {@code &&} inside character classes, a
 * {@code ]} that stands first in one, braces that are no quantifier, {@code (?P<n>…)}, {@code
 * (?P=n)}, {@code (?#…)}, names with underscores. Not known to Java and refused: recursion,
 * conditionals, {@code \K}, verbs, callouts, branch reset, and options other than {@code i m s x}.
 * Repetitions beyond PCRE's own limit of 65,535 are refused, and so are groups, references and
 * assertions repeated at least {@value #MAX_REPEATED_GROUPS} times in all, as one that is empty
 * takes time without looking at a character. Expressions have {@value #MAX_LENGTH} characters.
 *
 * <p>A difference remains: CouchDB runs PCRE over bytes, so that {@code ^.$} does not match {@code
 * "é"} there. Here it does.
 */
final class PcreSyntax {
  private static final int MAX_LENGTH = 10_000;
  private static final long MAX_REPETITIONS = 65_535;
  private static final long MAX_REPEATED_GROUPS = 1_000;
  private static final Pattern QUANTIFIER = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

  private static final Pattern CLASS_NAME = Pattern.compile("\\[:(\\^?)([a-z]+):\\]");
  private static final Pattern OPTIONS = Pattern.compile("\\(\\?([a-zA-Z^-]*)[:)]");
  private static final Pattern SUPPORTED_OPTIONS = Pattern.compile("[imsx]*(-[imsx]*)?");
  private static final Pattern NAMED_GROUP =
      Pattern.compile("\\(\\?(?:P?<([A-Za-z_]\\w*)>|'([A-Za-z_]\\w*)')");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\(\\?P=(\\w+)\\)|\\\\k<(\\w+)>|\\\\k\\{(\\w+)\\}|\\\\k'(\\w+)'|\\\\g\\{([A-Za-z_]\\w*)\\}");
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "Alpha"),
          Map.entry("digit", "Digit"),
          Map.entry("alnum", "Alnum"),
          Map.entry("upper", "Upper"),
          Map.entry("lower", "Lower"),
          Map.entry("punct", "Punct"),
          Map.entry("graph", "Graph"),
          Map.entry("print", "Print"),
          Map.entry("blank", "Blank"),
          Map.entry("cntrl", "Cntrl"),
          Map.entry("xdigit", "XDigit"),
          Map.entry("space", "Space"),
          Map.entry("ascii", "ASCII"));

  private final String pcre;
  private final StringBuilder java = new StringBuilder();
  private int at;
  private long repeatedGroups = 1;

  private PcreSyntax(String pcre) {
    this.pcre = pcre;
  }

  static String toJava(String pcre) {
    PcreSyntax syntax = new PcreSyntax(pcre);
    if (pcre.length() > MAX_LENGTH) {
      throw syntax.refused("longer than " + MAX_LENGTH + " characters");
    }
    while (syntax.at < pcre.length()) {
      syntax.step();
    }
    return syntax.java.toString();
  }

  private void step() {
    char c = pcre.charAt(at);
    switch (c) {
      case '\\' -> escape();
      case '[' -> characterClass();
      case '(' -> group();
      case '{' -> brace();
      default -> copy(1);
    }
  }

  private void copy(int length) {
    int end = Math.min(at + length, pcre.length());
    java.append(pcre, at, end);
    at = end;
  }

  private boolean replace(Matcher found, String replacement) {
    java.append(replacement);
    at = found.end();
    return true;
  }

  private Matcher here(Pattern pattern) {
    return pattern.matcher(pcre).region(at, pcre.length());
  }

  private void escape() {
    if (pcre.startsWith("\\Q", at)) {
      int end = pcre.indexOf("\\E", at);
      copy(end < 0 ? pcre.length() : end + 2 - at);
    } else if (!reference()) {
      copy(2);
    }
  }

  private boolean reference() {
    Matcher reference = here(REFERENCE);
    if (!reference.lookingAt()) {
      return false;
    }
    String name = "";
    for (int i = 1; i <= reference.groupCount(); i++) {
      name = reference.group(i) == null ? name : reference.group(i);
    }
    return replace(reference, "\\k<" + javaName(name) + ">");
  }

  /** Java's groups have letters and digits for names. */
  private static String javaName(String name) {
    return "g" + name.replace("_", "0x5f");
  }

  private void group() {
    if (pcre.startsWith("(?#", at)) {
      int end = pcre.indexOf(')', at);
      if (end < 0) {
        throw refused("a comment without end");
      }
      at = end + 1;
      return;
    }
    Matcher named = here(NAMED_GROUP);
    if (named.lookingAt()) {
      String name = named.group(1) == null ? named.group(2) : named.group(1);
      replace(named, "(?<" + javaName(name) + ">");
      return;
    }
    Matcher options = here(OPTIONS);
    if (options.lookingAt() && !SUPPORTED_OPTIONS.matcher(options.group(1)).matches()) {
      throw refused("an option that is not supported");
    }
    if (!reference()) {
      // With the question mark, lest it be taken for a quantifier.
      copy(pcre.startsWith("(?", at) ? 2 : 1);
    }
  }

  private void brace() {
    Matcher quantifier = here(QUANTIFIER);
    if (!quantifier.lookingAt()) {
      java.append("\\{");
      at++;
      return;
    }
    long least = repetitions(quantifier.group(1));
    String most = quantifier.group(2);
    if (most != null && !most.isEmpty()) {
      repetitions(most);
    }
    if (mayBeEmpty()) {
      repeatedGroups *= Math.max(1, least);
      if (repeatedGroups > MAX_REPEATED_GROUPS) {
        throw refused("groups repeated too often");
      }
    }
    copy(quantifier.end() - at);
  }

  /** Whether what stands in front may be repeated without looking at a character. */
  private boolean mayBeEmpty() {
    int last = java.length() - 1;
    if (last < 0) {
      return false;
    }
    char end = java.charAt(last);
    if (")^$".indexOf(end) >= 0) {
      return !isEscaped(last);
    }
    if (end == '>') {
      int name = java.lastIndexOf("\\k<");
      return name >= 0 && java.indexOf(">", name) == last;
    }
    int first = last;
    while (first > 0 && Character.isDigit(end) && Character.isDigit(java.charAt(first - 1))) {
      first--;
    }
    return ("GbBAzZ".indexOf(end) >= 0 || Character.isDigit(end)) && isEscaped(first);
  }

  private boolean isEscaped(int position) {
    int from = position;
    while (from > 0 && java.charAt(from - 1) == '\\') {
      from--;
    }
    return (position - from) % 2 == 1;
  }

  private long repetitions(String digits) {
    long count = digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (count > MAX_REPETITIONS) {
      throw refused("number too big in {} quantifier");
    }
    return count;
  }

  private void characterClass() {
    copy(1);
    if (at < pcre.length() && pcre.charAt(at) == '^') {
      copy(1);
    }
    boolean first = true;
    while (at < pcre.length() && (first || pcre.charAt(at) != ']')) {
      memberOfClass();
      first = false;
    }
    copy(1);
  }

  private void memberOfClass() {
    Matcher name = here(CLASS_NAME);
    if (name.lookingAt()) {
      replace(name, (name.group(1).isEmpty() ? "\\p{" : "\\P{") + classOf(name.group(2)) + "}");
    } else if (pcre.startsWith("\\b", at)) {
      java.append("\\x08");
      at += 2;
    } else if (pcre.charAt(at) == '\\') {
      copy(2);
    } else {
      if ("[]&^".indexOf(pcre.charAt(at)) >= 0) {
        java.append('\\');
      }
      copy(1);
    }
  }

  private String classOf(String name) {
    if (name.equals("word")) {
      // Java has no name for it, and a class may stand in a class.
      throw refused("[:word:], write \\w");
    }
    String known = CLASSES.get(name);
    if (known == null) {
      throw refused("unknown POSIX class name");
    }
    return known;
  }

  private PatternSyntaxException refused(String what) {
    return new PatternSyntaxException(what, pcre, at);
  }
}
