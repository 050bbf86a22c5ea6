package org.skerry.fhir.search.extract;

import java.util.List;

/**
 * Words that follow each other.
 *
 * @param open whether the last of them is the beginning of a word
 */
public record WordRun(List<String> words, boolean open) {
  public WordRun {
    words = List.copyOf(words);
  }

  /** Whether they stand in a text, of whose words these are all. */
  public boolean isIn(List<String> text) {
    for (int from = 0; from + words.size() <= text.size(); from++) {
      if (isAt(from, text)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int from, List<String> text) {
    for (int i = 0; i < words.size(); i++) {
      String there = text.get(from + i);
      boolean last = i == words.size() - 1;
      if (!(open && last ? there.startsWith(words.get(i)) : there.equals(words.get(i)))) {
        return false;
      }
    }
    return true;
  }
}
