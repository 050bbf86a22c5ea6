package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.search.Hit;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.testing.Seeded;

/**
 * The index against looking at every document: whatever was written, changed, deleted, and in
 * between asked or restarted, a query finds what it should.
 */
@ExtendWith(Seeded.class)
class SearchDuelTest extends SearchCase {
  private static final List<String> WORDS = List.of("ant", "bee", "cat", "dog", "eel", "fox");
  private static final int IDS = 25;

  /** What the documents are, by id. */
  private final Map<String, Note> notes = new TreeMap<>();

  private record Note(List<String> words, String name, double size) {
    String json() {
      return "{\"default\":\"%s\",\"Sname\":\"%s\",\"Nsize\":%s}"
          .formatted(String.join(" ", words), name, size);
    }
  }

  private record Question(String text, Predicate<Note> matches) {}

  @RepeatedTest(8)
  void aQueryFindsWhatMatches(SplittableRandom random) {
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> write(random);
        case 5 -> remove(random);
        case 6 -> {
          if (random.nextInt(4) == 0) {
            restart();
          }
        }
        default -> ask(random);
      }
    }
    ask(random);
  }

  private void write(SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (int n = random.nextInt(5); n >= 0; n--) {
      words.add(word(random));
    }
    String id = "d" + random.nextInt(IDS);
    Note note = new Note(words, word(random), random.nextInt(-20, 20) / 4.0);
    put(id, note.json());
    notes.put(id, note);
  }

  private void remove(SplittableRandom random) {
    if (!notes.isEmpty()) {
      String id = List.copyOf(notes.keySet()).get(random.nextInt(notes.size()));
      delete(id);
      notes.remove(id);
    }
  }

  private static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private void ask(SplittableRandom random) {
    Question question = question(random, 3);
    List<String> expected =
        notes.entrySet().stream()
            .filter(entry -> question.matches.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(found(question.text))
        .as(question.text)
        .containsExactlyElementsOf(new TreeSet<>(expected));
    assertOrderAndPages(random, question, expected);
    assertCounts(question, expected);
  }

  private Question question(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> {
        String word = word(random);
        yield new Question(word, note -> note.words.contains(word));
      }
      case 1 -> {
        String name = word(random);
        yield new Question("Sname:" + name, note -> note.name.equals(name));
      }
      case 2 -> {
        double low = random.nextInt(-20, 20) / 4.0;
        double high = low + random.nextInt(10);
        boolean open = random.nextBoolean();
        yield new Question(
            "Nsize:" + (open ? "{" : "[") + low + " TO " + high + "]",
            note -> (open ? note.size > low : note.size >= low) && note.size <= high);
      }
      case 3 -> {
        String from = word(random);
        yield new Question("Sname:[" + from + " TO *]", note -> note.name.compareTo(from) >= 0);
      }
      case 4 -> {
        Question one = question(random, depth - 1);
        Question other = question(random, depth - 1);
        yield new Question(
            "(" + one.text + " AND " + other.text + ")", one.matches.and(other.matches));
      }
      case 5 -> {
        Question one = question(random, depth - 1);
        Question other = question(random, depth - 1);
        yield new Question(
            "(" + one.text + " OR " + other.text + ")", one.matches.or(other.matches));
      }
      default -> {
        Question one = question(random, depth - 1);
        yield new Question("(*:* NOT " + one.text + ")", one.matches.negate());
      }
    };
  }

  private void assertOrderAndPages(
      SplittableRandom random, Question question, List<String> expected) {
    boolean bySize = random.nextBoolean();
    boolean down = random.nextBoolean();
    Comparator<String> order =
        bySize
            ? Comparator.comparingDouble(id -> notes.get(id).size)
            : Comparator.comparing(id -> notes.get(id).name);
    List<String> sorted =
        expected.stream()
            .sorted((down ? order.reversed() : order).thenComparing(Comparator.naturalOrder()))
            .toList();
    SearchRequest request =
        SearchRequest.of(question.text)
            .withSort(List.of((down ? "-" : "") + (bySize ? "Nsize" : "Sname")))
            .withLimit(1 + random.nextInt(5));
    List<String> paged = new ArrayList<>();
    List<Hit> page = hits(request);
    while (!page.isEmpty()) {
      page.forEach(hit -> paged.add(hit.id()));
      page = hits(request.after(page.getLast().order()));
    }
    assertThat(paged).as("%s by %s", question.text, request.sort()).isEqualTo(sorted);
  }

  private void assertCounts(Question question, List<String> expected) {
    Map<String, Long> names =
        expected.stream()
            .map(id -> notes.get(id).name)
            .collect(Collectors.groupingBy(name -> name, HashMap::new, Collectors.counting()));
    SearchRequest request =
        SearchRequest.of(question.text).withFacets(List.of("Sname"), Map.of(), 100);
    try (SearchResults results = search(request)) {
      assertThat(results.total()).isEqualTo(expected.size());
      assertThat(results.counts().get("Sname")).as(question.text).isEqualTo(names);
    }
  }

  /** Keeps the words from being stop words of the analyzer, of which there are none. */
  @RepeatedTest(1)
  void everyWordIsAToken() {
    assertThat(Stream.of(fullText.analyze("standard", String.join(" ", WORDS))).toList())
        .containsExactly(WORDS);
  }
}
