package org.skerry.exchange;

import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;

/**
 * Some messages, newest first.
 *
 * @param before where the next page begins; nothing when there is none
 */
record MessagePage(List<Entry> entries, Optional<String> before) {
  MessagePage {
    entries = List.copyOf(entries);
  }

  /** One message. */
  record Entry(String uuid, Body message) {}
}
