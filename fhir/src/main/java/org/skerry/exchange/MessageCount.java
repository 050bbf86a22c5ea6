package org.skerry.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Counts the messages that somebody asks for, and keeps one page of them. One thread. */
final class MessageCount {
  private static final int PART = 500;

  private final long skip;
  private final int size;
  private final int most;
  private final List<MessagePage.Entry> page = new ArrayList<>();
  private int items;

  /**
   * A count that has not begun.
   *
   * @param skip how many stand before the page
   * @param most after so many it is not counted on
   */
  MessageCount(long skip, int size, int most) {
    this.skip = skip;
    this.size = size;
    this.most = most;
  }

  void read(Messages messages, Predicate<JsonNode> wanted) {
    Optional<String> before = Optional.empty();
    do {
      MessagePage part = messages.list(before, PART, wanted);
      for (MessagePage.Entry entry : part.entries()) {
        if (items >= skip && page.size() < size) {
          page.add(entry);
        }
        items++;
      }
      before = part.before();
    } while (before.isPresent() && items < most);
  }

  int items() {
    return items;
  }

  List<MessagePage.Entry> page() {
    return page;
  }
}
