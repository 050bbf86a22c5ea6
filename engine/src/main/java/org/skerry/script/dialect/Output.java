package org.skerry.script.dialect;

/** What is written: pieces of the source, and what takes the place of others. */
final class Output {
  private final String source;
  private final String prefix;
  private StringBuilder text = new StringBuilder();
  private int temporaries;

  /** Where a statement ends in the source without a semicolon, and needs one in the text. */
  private int statementEnd = -1;

  Output(String source) {
    this.source = source;
    this.prefix = "$" + "_".repeat(1 + longestLine(source));
  }

  /** How many underscores stand behind a dollar sign, at most. */
  private static int longestLine(String source) {
    int longest = 0;
    for (int at = source.indexOf('$'); at >= 0; at = source.indexOf('$', at + 1)) {
      int end = at + 1;
      while (end < source.length() && source.charAt(end) == '_') {
        end++;
      }
      longest = Math.max(longest, end - at - 1);
    }
    return longest;
  }

  /** A name that is not in the source. */
  String temporary() {
    temporaries++;
    return prefix + temporaries;
  }

  /** Something that other sources hardly have. */
  String mark() {
    return Integer.toHexString(source.hashCode()) + ".";
  }

  Output add(String more) {
    text.append(more);
    return this;
  }

  Output copy(int from, int to) {
    if (from == statementEnd && from < to) {
      statementEnd = -1;
      if (endsWithParenthesis()) {
        text.append(';');
      }
    }
    text.append(source, from, to);
    return this;
  }

  /**
   * A statement ends at that position of the source, where nothing there says so. It is told when
   * what follows is copied: all that was put around its last expression is written by then.
   */
  void endStatement(int at) {
    statementEnd = at;
  }

  /** What was put around it may have ended it already: then a semicolon would be a statement. */
  private boolean endsWithParenthesis() {
    int last = text.length() - 1;
    while (last >= 0 && text.charAt(last) == '\n') {
      last--;
    }
    return last >= 0 && text.charAt(last) == ')';
  }

  String source(int from, int to) {
    return source.substring(from, to);
  }

  /** The ends of lines in a piece of source that is left out. */
  Output lines(int from, int to) {
    return add("\n".repeat(count(source, from, to)));
  }

  /** What an action writes, which is taken out again. */
  String taken(Runnable action) {
    StringBuilder before = text;
    text = new StringBuilder();
    action.run();
    String written = text.toString();
    text = before;
    return written;
  }

  /** Adds what stands for a piece of source, with as many ends of lines. */
  Output addFor(Node node, String replacement) {
    return addFor(node.start(), node.end(), replacement);
  }

  Output addFor(int from, int to, String replacement) {
    int missing = count(source, from, to) - count(replacement, 0, replacement.length());
    return add(replacement).add("\n".repeat(Math.max(0, missing)));
  }

  private static int count(String text, int from, int to) {
    return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
