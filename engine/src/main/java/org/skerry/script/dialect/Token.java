package org.skerry.script.dialect;

/**
 * A word, a number, an operator.
 *
 * @param text of words, private names and operators; empty for all others
 * @param isAfterLine whether it is the first in its line
 */
record Token(Kind kind, int start, int end, String text, boolean isAfterLine) {
  enum Kind {
    WORD,
    PRIVATE,
    NUMBER,
    TEXT,
    OPERATOR,
    END
  }

  boolean is(String other) {
    return text.equals(other);
  }

  boolean isWord() {
    return kind == Kind.WORD;
  }
}
