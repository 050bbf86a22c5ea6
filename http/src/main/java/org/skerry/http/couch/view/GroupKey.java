package org.skerry.http.couch.view;

import java.util.Arrays;

/** What the rows of a group have in common: the first elements of their keys. */
final class GroupKey {
  private GroupKey() {}

  /**
   * The first elements of an array, or the whole of any other key.
   *
   * @param key JSON without white space, as rows have it
   * @param level how many elements, at least one
   */
  static byte[] of(byte[] key, int level) {
    if (level == ViewQuery.EXACT || key[0] != '[') {
      return key;
    }
    int left = level;
    int depth = 0;
    for (int i = 0; i < key.length; i++) {
      switch (key[i]) {
        case '"' -> i = endOfString(key, i);
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ',' -> {
          if (depth == 1 && --left == 0) {
            byte[] group = Arrays.copyOf(key, i + 1);
            group[i] = ']';
            return group;
          }
        }
        default -> {}
      }
    }
    return key;
  }

  /** The place of the quote that ends the string whose quote stands there. */
  private static int endOfString(byte[] key, int start) {
    int at = start + 1;
    while (key[at] != '"') {
      at += key[at] == '\\' ? 2 : 1;
    }
    return at;
  }
}
