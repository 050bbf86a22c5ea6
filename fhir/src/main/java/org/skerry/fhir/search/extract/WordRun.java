package org.skerry.fhir.search.extract;

import java.util.ArrayDeque;
import java.util.Deque;
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

  /** Whether they stand in a text, of which no more words are held than these are. */
  public boolean isIn(String text) {
    Deque<String> last = new ArrayDeque<>();
    boolean[] found = {false};
    Words.each(
        text,
        word -> {
          last.add(word);
          if (last.size() > words.size()) {
            last.remove();
          }
          found[0] = last.size() == words.size() && are(last);
          return !found[0];
        });
    return found[0];
  }

  private boolean are(Iterable<String> there) {
    int i = 0;
    for (String one : there) {
      String word = words.get(i++);
      boolean begins = open && i == words.size();
      if (!(begins ? one.startsWith(word) : one.equals(word))) {
        return false;
      }
    }
    return true;
  }
}
