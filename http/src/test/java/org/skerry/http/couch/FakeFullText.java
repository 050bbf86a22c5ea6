package org.skerry.http.couch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.skerry.database.Database;
import org.skerry.search.BadSearchException;
import org.skerry.search.FullText;
import org.skerry.search.Hit;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.search.IndexState;
import org.skerry.search.OrderValue;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;

/** Full text that finds what a test says, and remembers what it was asked. */
final class FakeFullText implements FullText {
  final List<Hit> hits = new ArrayList<>();
  final List<IndexBuild> building = new ArrayList<>();
  final Set<String> kept = new HashSet<>();
  Map<String, Map<String, Long>> counts = Map.of();
  Optional<RuntimeException> failure = Optional.empty();
  Optional<SearchRequest> asked = Optional.empty();
  Optional<IndexDefinition> definition = Optional.empty();
  int open;

  SearchRequest lastRequest() {
    return asked.orElseThrow();
  }

  @Override
  public SearchResults search(
      Database database, IndexPlace place, IndexDefinition index, SearchRequest request) {
    failure.ifPresent(
        e -> {
          throw e;
        });
    asked = Optional.of(request);
    definition = Optional.of(index);
    open++;
    return new Results();
  }

  private final class Results implements SearchResults {
    @Override
    public long total() {
      return 1_001;
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public int size() {
      return hits.size();
    }

    @Override
    public Optional<List<OrderValue>> last() {
      return hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast().order());
    }

    @Override
    public Map<String, Map<String, Long>> counts() {
      return counts;
    }

    @Override
    public Map<String, Map<String, Long>> ranges() {
      return counts;
    }

    @Override
    public long updateMillis() {
      return 5;
    }

    @Override
    public void forEach(Consumer<Hit> visitor) {
      hits.forEach(visitor);
    }

    @Override
    public void close() {
      open--;
    }
  }

  @Override
  public IndexState state(Database database, IndexDefinition index) {
    return new IndexState(3, 4_096, 7, 1);
  }

  @Override
  public List<String> analyze(String analyzer, String text) {
    if (analyzer.equals("klingon")) {
      throw new BadSearchException("klingon is not a valid analyzer name");
    }
    return List.of(text.split(" "));
  }

  @Override
  public void cleanUp(Database database, Set<String> signatures) {
    kept.clear();
    kept.addAll(signatures);
  }

  @Override
  public List<IndexBuild> building() {
    return building;
  }

  @Override
  public boolean cancel(long number) {
    return building.removeIf(build -> build.number() == number);
  }

  @Override
  public void close() {}
}
