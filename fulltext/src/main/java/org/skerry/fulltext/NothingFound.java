package org.skerry.fulltext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.search.Hit;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;

/** What an index holds that was never made. */
final class NothingFound implements SearchResults {
  private final SearchRequest request;

  NothingFound(SearchRequest request) {
    this.request = request;
  }

  @Override
  public long total() {
    return 0;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public Optional<List<OrderValue>> last() {
    return Optional.empty();
  }

  @Override
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    request.counts().forEach(field -> counts.put(field, Map.of()));
    return counts;
  }

  @Override
  public Map<String, Map<String, Long>> ranges() {
    Map<String, Map<String, Long>> ranges = new LinkedHashMap<>();
    request.ranges().keySet().forEach(field -> ranges.put(field, Map.of()));
    return ranges;
  }

  @Override
  public long updateMillis() {
    return 0;
  }

  @Override
  public void forEach(Consumer<Hit> visitor) {}

  @Override
  public void close() {}
}
