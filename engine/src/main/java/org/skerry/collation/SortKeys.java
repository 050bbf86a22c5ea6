package org.skerry.collation;

import com.ibm.icu.text.RawCollationKey;
import com.ibm.icu.text.RuleBasedCollator;
import java.util.Arrays;

/**
 * ICU's sort keys in the order of {@link CollatedText}. Of one thread: a frozen collator would make
 * all of them under one lock.
 */
final class SortKeys {
  private final RuleBasedCollator collator = CollatedText.thawed();
  private final RawCollationKey key = new RawCollationKey();

  /** The text's key: without a zero, but for the one at its end. */
  byte[] of(String text) {
    collator.getRawCollationKey(text, key);
    return Arrays.copyOf(key.bytes, key.size);
  }
}
