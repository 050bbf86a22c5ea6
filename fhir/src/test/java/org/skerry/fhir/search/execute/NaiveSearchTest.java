package org.skerry.fhir.search.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.skerry.fhir.search.SearchCase;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.query.QueryReader;
import org.skerry.fhir.search.query.SearchQuery;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.WordRows;
import org.skerry.index.Index;

/**
 * Random queries over random resources find what somebody would find who looks at all of them,
 * whichever way the planner takes.
 */
class NaiveSearchTest extends SearchCase {
  private static final List<String> CODES = List.of("a", "b", "c", "d");
  private static final List<String> NAMES = List.of("Ann", "anna", "Ánn", "Bob", "Boba", "");
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  private final SearchParameters parameters = SearchParameters.r4();
  private final Extractors extractors = new Extractors(parameters);

  /** What is known of an observation, and of its patient. */
  private record Observed(String id, List<String> codes, String day, int value, String patient) {
    LocalDate from() {
      return LocalDate.parse(day.length() == 7 ? day + "-01" : day);
    }

    LocalDate to() {
      return day.length() == 7 ? from().plusMonths(1) : from().plusDays(1);
    }
  }

  private final TreeMap<String, Observed> observations = new TreeMap<>();
  private final TreeMap<String, String> patients = new TreeMap<>();

  /** A condition as a query and as what it means. */
  private record Asked(String query, Predicate<Observed> meaning) {}

  @RepeatedTest(3)
  void findsWhatIsThere(SplittableRandom random) {
    Index index = indexes.open(database, new ResourceRows(parameters, extractors).definition());
    Index words = indexes.open(database, new WordRows(parameters, extractors).definition());
    for (int round = 0; round < 6; round++) {
      change(random);
      index.catchUp();
      words.catchUp();
      try (RowReading rows = new RowReading(index.read(), words::read)) {
        for (int i = 0; i < 60; i++) {
          check(rows, random);
        }
      }
    }
  }

  private void change(SplittableRandom random) {
    for (int i = 0; i < 8; i++) {
      String id = "p" + random.nextInt(8);
      String name = NAMES.get(random.nextInt(NAMES.size()));
      patients.put(id, name);
      put("Patient/" + id, name.isEmpty() ? "" : "'name':[{'family':'" + name + "'}]");
    }
    for (int i = 0; i < 40; i++) {
      String id = "o" + random.nextInt(70);
      if (random.nextInt(6) == 0) {
        observations.remove(id);
        write("Observation/" + id, "");
      } else {
        Observed one = random(id, random);
        observations.put(id, one);
        put("Observation/" + id, json(one));
      }
    }
  }

  private static Observed random(String id, SplittableRandom random) {
    List<String> codes = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      codes.add(CODES.get(random.nextInt(CODES.size())));
    }
    String day = FIRST.plusDays(random.nextInt(90)).toString();
    return new Observed(
        id,
        codes,
        random.nextInt(4) == 0 ? day.substring(0, 7) : day,
        random.nextInt(20),
        "p" + random.nextInt(10));
  }

  private static String json(Observed one) {
    List<String> codings =
        one.codes().stream().map(code -> "{'system':'s','code':'" + code + "'}").toList();
    return "'code':{'coding':["
        + String.join(",", codings)
        + "]},'effectiveDateTime':'"
        + one.day()
        + "','valueQuantity':{'value':"
        + one.value()
        + ",'unit':'u'},'subject':{'reference':'Patient/"
        + one.patient()
        + "'}";
  }

  private void check(RowReading rows, SplittableRandom random) {
    List<Asked> asked = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      asked.add(random(random));
    }
    String query = String.join("&", asked.stream().map(Asked::query).toList());
    List<String> expected =
        observations.values().stream()
            .filter(one -> asked.stream().allMatch(condition -> condition.meaning().test(one)))
            .sorted(Comparator.comparing(Observed::id))
            .map(Observed::id)
            .toList();
    PlanLimits limits =
        new PlanLimits(random.nextInt(30), 1 + random.nextInt(60), random.nextInt(5));
    int count = 1 + random.nextInt(30);
    List<Comparator<Observed>> orders = List.of(byDay(false), byDay(true), byValue(false));
    List<String> sorts = List.of("date", "-date", "value-quantity");
    int sort = random.nextInt(4);
    List<String> inOrder =
        sort == 3
            ? expected
            : expected.stream()
                .map(observations::get)
                .sorted(orders.get(sort))
                .map(Observed::id)
                .toList();
    String whole = query + (sort == 3 ? "" : "&_sort=" + sorts.get(sort)) + "&_count=" + count;
    assertThat(all(rows, whole, limits)).as("%s with %s", whole, limits).isEqualTo(inOrder);
    assertThat(total(rows, query, limits)).as("the number of %s", query).isEqualTo(expected.size());
  }

  private static Comparator<Observed> byDay(boolean descending) {
    Comparator<Observed> order =
        Comparator.comparing(Observed::from)
            .thenComparing(Observed::to)
            .thenComparing(Observed::id);
    return descending ? order.reversed() : order;
  }

  private static Comparator<Observed> byValue(boolean descending) {
    Comparator<Observed> order = Comparator.comparing(Observed::value).thenComparing(Observed::id);
    return descending ? order.reversed() : order;
  }

  private List<String> all(RowReading rows, String query, PlanLimits limits) {
    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      SearchPage page =
          page(rows, query + next.map(cursor -> "&_cursor=" + cursor).orElse(""), limits);
      page.matches().forEach(one -> found.add(one.id().text().substring("Observation/".length())));
      next = page.next();
    } while (next.isPresent());
    return found;
  }

  private long total(RowReading rows, String query, PlanLimits limits) {
    return page(rows, query + "&_total=accurate&_count=0", limits).total().orElseThrow();
  }

  private SearchPage page(RowReading rows, String query, PlanLimits limits) {
    QueryReader reader = new QueryReader(parameters, Optional.empty(), () -> NOW, true);
    SearchQuery read = reader.read("Observation", parameters(query));
    return new Searcher(rows, database.store(), parameters, extractors, limits)
        .search(List.of(read));
  }

  private Asked random(SplittableRandom random) {
    return switch (random.nextInt(11)) {
      case 0 -> code(random);
      case 1 -> codes(random);
      case 2 -> day(random);
      case 3 -> value(random);
      case 4 -> patient(random);
      case 5 -> named(random);
      case 6 -> new Asked("code:missing=true", one -> one.codes().isEmpty());
      case 7 -> composite(random);
      case 8 -> words(random);
      default -> filtered(random);
    };
  }

  private static Asked code(SplittableRandom random) {
    String code = CODES.get(random.nextInt(CODES.size()));
    return random.nextBoolean()
        ? new Asked("code=s%7C" + code, one -> one.codes().contains(code))
        : new Asked("code:not=" + code, one -> !one.codes().contains(code));
  }

  private static Asked codes(SplittableRandom random) {
    String a = CODES.get(random.nextInt(CODES.size()));
    String b = CODES.get(random.nextInt(CODES.size()));
    return new Asked(
        "code=" + a + "," + b, one -> one.codes().contains(a) || one.codes().contains(b));
  }

  private static Asked day(SplittableRandom random) {
    LocalDate from = FIRST.plusDays(random.nextInt(90));
    LocalDate to = from.plusDays(1);
    return switch (random.nextInt(6)) {
      case 0 ->
          new Asked("date=" + from, one -> !one.from().isBefore(from) && !one.to().isAfter(to));
      case 1 -> new Asked("date=gt" + from, one -> one.to().isAfter(to));
      case 2 -> new Asked("date=lt" + from, one -> one.from().isBefore(from));
      case 3 -> new Asked("date=sa" + from, one -> !one.from().isBefore(to));
      case 4 -> new Asked("date=eb" + from, one -> !one.to().isAfter(from));
      default ->
          new Asked(
              "date=ge" + from,
              one -> one.to().isAfter(to) || !one.from().isBefore(from) && !one.to().isAfter(to));
    };
  }

  private static Asked value(SplittableRandom random) {
    int value = random.nextInt(20);
    return switch (random.nextInt(4)) {
      case 0 -> new Asked("value-quantity=" + value, one -> one.value() == value);
      case 1 -> new Asked("value-quantity=le" + value, one -> one.value() <= value);
      case 2 -> new Asked("value-quantity=gt" + value + "%7C%7Cu", one -> one.value() > value);
      default -> {
        BigDecimal tolerance = new BigDecimal(value).movePointLeft(1).max(new BigDecimal("0.5"));
        yield new Asked(
            "value-quantity=ap" + value,
            one -> new BigDecimal(Math.abs(one.value() - value)).compareTo(tolerance) <= 0);
      }
    };
  }

  private static Asked patient(SplittableRandom random) {
    String a = "p" + random.nextInt(10);
    String b = "p" + random.nextInt(10);
    return new Asked(
        "subject=Patient/" + a + "," + b,
        one -> one.patient().equals(a) || one.patient().equals(b));
  }

  private Asked named(SplittableRandom random) {
    String prefix = List.of("an", "ann", "b", "x").get(random.nextInt(4));
    return new Asked(
        "subject:Patient.name=" + prefix,
        one ->
            patients
                .getOrDefault(one.patient(), "")
                .replace('Á', 'a')
                .toLowerCase(Locale.ROOT)
                .startsWith(prefix));
  }

  /** Codes are read, and so they are words. */
  private static Asked words(SplittableRandom random) {
    String a = CODES.get(random.nextInt(CODES.size()));
    String b = CODES.get(random.nextInt(CODES.size()));
    return switch (random.nextInt(4)) {
      case 0 -> new Asked("_content=" + a, one -> one.codes().contains(a));
      case 1 -> new Asked("_content=not+" + a, one -> !one.codes().contains(a));
      case 2 ->
          new Asked(
              "_content=" + a + "+or+not+" + b,
              one -> one.codes().contains(a) || !one.codes().contains(b));
      default ->
          new Asked(
              "_content=(" + a + "+" + b + "),u*+not+(" + a + "+or+" + b + ")",
              one -> one.codes().contains(a) == one.codes().contains(b));
    };
  }

  private Asked filtered(SplittableRandom random) {
    Asked filter = filter(random, 3);
    return new Asked(
        "_filter=" + URLEncoder.encode(filter.query(), StandardCharsets.UTF_8), filter.meaning());
  }

  private Asked filter(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 1 : 4);
    if (kind == 0) {
      return comparison(random);
    }
    Asked left = filter(random, depth - 1);
    if (kind == 1) {
      return new Asked("not (" + left.query() + ")", left.meaning().negate());
    }
    Asked right = filter(random, depth - 1);
    String both = "(" + left.query() + ")" + (kind == 2 ? " and (" : " or (") + right.query() + ")";
    return new Asked(
        both, kind == 2 ? left.meaning().and(right.meaning()) : left.meaning().or(right.meaning()));
  }

  private Asked comparison(SplittableRandom random) {
    String code = CODES.get(random.nextInt(CODES.size()));
    int value = random.nextInt(20);
    String patient = "p" + random.nextInt(10);
    String day = FIRST.plusDays(random.nextInt(90)).toString();
    return switch (random.nextInt(7)) {
      case 0 -> new Asked("code eq s|" + code, one -> one.codes().contains(code));
      case 1 ->
          new Asked(
              "code ne " + code, one -> one.codes().stream().anyMatch(some -> !some.equals(code)));
      case 2 -> new Asked("value-quantity gt " + value, one -> one.value() > value);
      case 3 -> new Asked("subject re Patient/" + patient, one -> one.patient().equals(patient));
      case 4 ->
          new Asked(
              "date po " + day,
              one ->
                  !one.from().isAfter(LocalDate.parse(day))
                      && one.to().isAfter(LocalDate.parse(day)));
      case 5 -> new Asked("code pr false", one -> one.codes().isEmpty());
      default ->
          new Asked(
              "subject:Patient[_id ne " + patient + "].name eq \"ann\"",
              one ->
                  !one.patient().equals(patient)
                      && List.of("Ann", "Ánn").contains(patients.getOrDefault(one.patient(), "")));
    };
  }

  private static Asked composite(SplittableRandom random) {
    String code = CODES.get(random.nextInt(CODES.size()));
    int value = random.nextInt(20);
    return new Asked(
        "code-value-quantity=" + code + "$ge" + value,
        one -> one.codes().contains(code) && one.value() >= value);
  }
}
