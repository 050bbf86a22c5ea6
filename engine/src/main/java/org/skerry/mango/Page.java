package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Matching documents that were collected, and wait to be sent. Bounded, so that an answer of any
 * length needs little memory and holds nothing open in the store while its client reads.
 */
final class Page {
  private static final int MAX_MATCHES = 1_000;
  private static final long MAX_BYTES = 256 * 1024;

  private final List<Match> matches = new ArrayList<>();
  private final long wanted;
  private long bytes;

  /**
   * An empty page.
   *
   * @param wanted how many documents are of use at all
   */
  Page(long wanted) {
    this.wanted = wanted;
  }

  /**
   * A matching document.
   *
   * @param bookmark where the next page begins, if this is the last that is sent
   */
  record Match(Found found, Supplier<String> bookmark) {}

  void add(Found found, Supplier<String> bookmark) {
    matches.add(new Match(found, bookmark));
    bytes +=
        switch (found) {
          case Found.Whole whole -> whole.revision().body().json().length;
          case Found.Members members -> members.json().length;
        };
  }

  boolean isFull() {
    return matches.size() >= wanted || matches.size() >= MAX_MATCHES || bytes >= MAX_BYTES;
  }

  /** How many documents are of use at all. */
  long wanted() {
    return wanted;
  }

  List<Match> matches() {
    return matches;
  }
}
