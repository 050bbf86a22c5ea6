package org.skerry.atom;

import java.util.Optional;

/**
 * Where an event stands in its category's feed.
 *
 * @param page from 1
 * @param position in the page, from 1
 */
record Place(long page, int position) implements Comparable<Place> {
  /** Before the first event. */
  static final Place START = new Place(1, 0);

  private static final int PAGE_DIGITS = 12;
  private static final int POSITION_DIGITS = 6;

  /** The place of the event behind this one, when pages take so many events. */
  Place next(int pageSize) {
    return position < pageSize ? new Place(page, position + 1) : new Place(page + 1, 1);
  }

  /** Ids begin so, and sort as their places do. */
  static String prefix(String category) {
    return category + "/";
  }

  /** The beginning of the ids of a page's events. */
  static String prefix(String category, long page) {
    return prefix(category) + digits(page, PAGE_DIGITS) + "/";
  }

  /** The id of the event at this place. */
  String id(String category) {
    return prefix(category, page) + digits(position, POSITION_DIGITS);
  }

  private static String digits(long number, int count) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, count - text.length())) + text;
  }

  /** The place that an id names; nothing when it is of another category, or no event's. */
  static Optional<Place> of(String category, String id) {
    String prefix = prefix(category);
    int slash = prefix.length() + PAGE_DIGITS;
    boolean shaped =
        id.startsWith(prefix)
            && id.length() == slash + 1 + POSITION_DIGITS
            && id.charAt(slash) == '/';
    if (!shaped) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Place(
              Long.parseLong(id.substring(prefix.length(), slash)),
              Integer.parseInt(id.substring(slash + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Place other) {
    int pages = Long.compare(page, other.page);
    return pages != 0 ? pages : Integer.compare(position, other.position);
  }
}
