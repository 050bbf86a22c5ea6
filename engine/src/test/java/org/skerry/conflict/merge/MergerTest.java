package org.skerry.conflict.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.testing.Seeded;

@ExtendWith(Seeded.class)
class MergerTest {
  private static Json json(String text) {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Json json) {
    return new String(json.bytes(), StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static Pointer at(String text) {
    return Pointer.parse(text).orElseThrow();
  }

  private static Ways ways(Object... pairs) {
    Map<Pointer, Way> ways = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      ways.put(at((String) pairs[i]), (Way) pairs[i + 1]);
    }
    return Ways.of(ways);
  }

  private static Merged merge(Ways ways, String base, String... sides) {
    return Merger.merge(
        base.isEmpty() ? Optional.empty() : Optional.of(json(base)),
        List.of(sides).stream().map(MergerTest::json).toList(),
        ways);
  }

  private static void assertMerged(Ways ways, String base, String expected, String... sides) {
    Merged merged = merge(ways, base, sides);
    assertThat(merged.open()).isEmpty();
    assertThat(text(merged.document())).isEqualTo(expected);
  }

  private static void assertOpen(Ways ways, String base, String place, String... sides) {
    Merged merged = merge(ways, base, sides);
    assertThat(merged.open()).containsExactly(place);
    assertThat(merged.document()).as("the winner's value stands there").isEqualTo(json(sides[0]));
  }

  @Test
  void whatOneSideChangedIsTaken() {
    assertMerged(Ways.NONE, "{'a':1,'b':1}", "{'a':2,'b':3}", "{'a':2,'b':1}", "{'a':1,'b':3}");
  }

  @Test
  void whatBothAddedIsTaken() {
    assertMerged(Ways.NONE, "{}", "{'a':1,'b':2}", "{'a':1}", "{'b':2}");
  }

  @Test
  void whatOneSideRemovedIsGone() {
    assertMerged(Ways.NONE, "{'a':1,'b':2}", "{'a':1,'c':3}", "{'a':1}", "{'a':1,'b':2,'c':3}");
  }

  @Test
  void whatBothChangedAlikeIsOneChange() {
    assertMerged(Ways.NONE, "{'a':1}", "{'a':2,'b':1}", "{'a':2}", "{'a':2,'b':1}");
  }

  @Test
  void onlyTheMemberThatBothChangedStaysOpen() {
    Merged merged = merge(Ways.NONE, "{'a':1,'b':1}", "{'a':2,'b':2}", "{'a':3,'b':1}");
    assertThat(merged.open()).containsExactly("/a");
    assertThat(text(merged.document())).isEqualTo("{'a':2,'b':2}");
  }

  @Test
  void objectsAreMergedWithin() {
    assertMerged(
        Ways.NONE,
        "{'o':{'a':1,'b':1}}",
        "{'o':{'a':2,'b':2}}",
        "{'o':{'a':2,'b':1}}",
        "{'o':{'a':1,'b':2}}");
  }

  @Test
  void whatOneRemovedAndTheOtherChangedStaysOpen() {
    assertOpen(Ways.NONE, "{'o':{'a':1}}", "/o", "{'o':{'a':2}}", "{}");
  }

  @Test
  void arraysWithoutIdentityAreOneValue() {
    assertOpen(Ways.NONE, "{'l':[1]}", "/l", "{'l':[1,2]}", "{'l':[1,3]}");
    assertMerged(Ways.NONE, "{'l':[1]}", "{'l':[1,2]}", "{'l':[1,2]}", "{'l':[1]}");
  }

  @Test
  void setsTakeWhatAnySideAddedAndLoseWhatAnyRemoved() {
    assertMerged(
        ways("/t", Way.Plain.SET),
        "{'t':['a','b']}",
        "{'t':['b','c','d']}",
        "{'t':['b','d']}",
        "{'t':['a','b','c']}");
  }

  @Test
  void setsDoNotCareWhichSideIsFirst() {
    Ways ways = ways("/t", Way.Plain.SET);
    assertThat(merge(ways, "{}", "{'t':['x']}", "{'t':['a']}").document())
        .isEqualTo(merge(ways, "{}", "{'t':['a']}", "{'t':['x']}").document());
  }

  @Test
  void countersSumWhatEachSideAdded() {
    Ways ways = ways("/n", Way.Plain.COUNTER);
    assertMerged(ways, "{'n':5}", "{'n':9}", "{'n':6}", "{'n':8}");
    assertMerged(ways, "{'n':5}", "{'n':7}", "{'n':6}", "{'n':6}");
    assertMerged(ways, "{'n':0.1}", "{'n':0.6}", "{'n':0.3}", "{'n':0.4}");
    assertMerged(ways, "{}", "{'n':3}", "{'n':3}", "{}");
    assertOpen(ways, "{'n':1}", "/n", "{'n':2}", "{'n':'two'}");
  }

  @Test
  void theLatestIsByAnotherMember() {
    Ways ways = ways("/v", new Way.Latest(at("/meta/at")));
    assertMerged(
        ways,
        "{'v':0,'meta':{'at':'1'}}",
        "{'v':1,'meta':{'at':'2'}}",
        "{'v':0,'meta':{'at':'1'}}",
        "{'v':1,'meta':{'at':'2'}}");
    Merged both =
        merge(
            ways,
            "{'v':0,'meta':{'at':'1'}}",
            "{'v':1,'meta':{'at':'2'}}",
            "{'v':2,'meta':{'at':'3'}}");
    assertThat(both.open()).containsExactly("/meta/at");
    assertThat(text(both.document())).startsWith("{'v':2");
  }

  @Test
  void elementsAreMatchedByIdentity() {
    assertMerged(
        ways("/t", new Way.Identity(List.of("s"))),
        "{'t':[{'s':'p','v':1},{'s':'m','v':1},{'s':'x'}]}",
        "{'t':[{'s':'p','v':2},{'s':'m','v':3},{'s':'f','v':9}]}",
        "{'t':[{'s':'p','v':2},{'s':'m','v':1},{'s':'x'}]}",
        "{'t':[{'s':'m','v':3},{'s':'p','v':1},{'s':'f','v':9}]}");
  }

  @Test
  void anElementThatBothChangedStaysOpenByItself() {
    Ways ways = ways("/t", new Way.Identity(List.of("s", "u")));
    Merged merged =
        merge(
            ways,
            "{'t':[{'s':'p','u':'h','v':1}]}",
            "{'t':[{'s':'p','u':'h','v':2}]}",
            "{'t':[{'s':'p','u':'h','v':3},{'s':'q','u':'w','v':1}]}");
    assertThat(merged.open()).containsExactly("/t/=p|h/v");
    assertThat(text(merged.document()))
        .isEqualTo("{'t':[{'s':'p','u':'h','v':2},{'s':'q','u':'w','v':1}]}");
    Merged chosen =
        Merger.merge(
            Optional.of(json("{'t':[{'s':'p','u':'h','v':1}]}")),
            List.of(
                json("{'t':[{'s':'p','u':'h','v':2}]}"), json("{'t':[{'s':'p','u':'h','v':3}]}")),
            ways.with(Map.of(at("/t/=p|h/v"), new Way.Take(1, "chosen"))));
    assertThat(chosen.isComplete()).isTrue();
    assertThat(text(chosen.document())).isEqualTo("{'t':[{'s':'p','u':'h','v':3}]}");
  }

  @Test
  void elementsWithoutTheirIdentityAreOneValue() {
    Ways ways = ways("/t", new Way.Identity(List.of("s")));
    assertOpen(ways, "{'t':[]}", "/t", "{'t':[{'s':1},{'s':1}]}", "{'t':[{'v':2}]}");
  }

  @Test
  void waysReachIntoElements() {
    assertMerged(
        ways("/t", new Way.Identity(List.of("s")), "/t/*/n", Way.Plain.COUNTER),
        "{'t':[{'s':'p','n':1}]}",
        "{'t':[{'s':'p','n':4}]}",
        "{'t':[{'s':'p','n':2}]}",
        "{'t':[{'s':'p','n':3}]}");
  }

  @Test
  void manualMembersStayOpenWhenAnySideChangedThem() {
    assertOpen(
        ways("/id", Way.Plain.MANUAL), "{'id':1,'a':1}", "/id", "{'id':2,'a':1}", "{'id':1,'a':1}");
  }

  @Test
  void withoutTheAncestorLessIsDecidedAndNothingDifferently() {
    Ways ways = ways("/n", Way.Plain.COUNTER, "/t", Way.Plain.SET, "/w", Way.Plain.WINNER);
    Merged merged =
        merge(ways, "", "{'a':1,'n':1,'t':[1],'w':1,'b':1}", "{'a':1,'n':2,'t':[2],'w':2}");
    assertThat(merged.open()).containsExactlyInAnyOrder("/n", "/t", "/b");
    assertMerged(ways, "", "{'a':1,'w':1}", "{'a':1,'w':1}", "{'a':1,'w':2}");
  }

  @Test
  void numbersKeepTheirDigitsAndAreComparedByValue() {
    assertMerged(
        Ways.NONE,
        "{'a':1.0,'b':1}",
        "{'a':1.00,'b':12345678901234567890.10}",
        "{'a':1.00,'b':1}",
        "{'a':1,'b':12345678901234567890.10}");
  }

  @Test
  void whatIsNestedWithoutEndIsOneValue() {
    String deep = "{'d':" + "[".repeat(400) + "]".repeat(400);
    assertMerged(Ways.NONE, deep + "}", deep + ",'a':1}", deep + ",'a':1}", deep + "}");
  }

  @Test
  void choicesOfMembersThatNobodyHasAreReported() {
    Merged merged = merge(ways("/nobody", new Way.Remove()), "{}", "{'a':1}", "{'b':1}");
    assertThat(merged.unused()).containsExactly(at("/nobody"));
  }

  @RepeatedTest(200)
  void mergingIsTotalDeterministicAndIdempotent(SplittableRandom random) {
    Random chance = new Random(random.nextLong());
    Ways ways =
        ways(
            "/a", Way.Plain.COUNTER,
            "/b", Way.Plain.SET,
            "/c", new Way.Identity(List.of("k")),
            "/d", new Way.Latest(at("/a")),
            "/e", Way.Plain.WINNER);
    Json base = document(chance, 3);
    List<Json> sides = new ArrayList<>();
    for (int i = 0; i < 2 + chance.nextInt(3); i++) {
      sides.add(changed(base, chance));
    }
    Merged merged = Merger.merge(Optional.of(base), sides, ways);
    assertThat(Merger.merge(Optional.of(base), sides, ways)).isEqualTo(merged);
    Merged same =
        Merger.merge(Optional.of(sides.getFirst()), Collections.nCopies(2, sides.getFirst()), ways);
    assertThat(same.isComplete()).isTrue();
    assertThat(same.document()).isEqualTo(sides.getFirst());
    if (merged.isComplete()) {
      Merged blind = Merger.merge(Optional.empty(), sides, ways);
      assertThat(!blind.isComplete() || blind.document().equals(merged.document()))
          .as("without the ancestor nothing is decided differently")
          .isTrue();
    }
  }

  @RepeatedTest(200)
  void theOrderOfSidesDoesNotMatterWhereNoWinnerIsAsked(SplittableRandom random) {
    Random chance = new Random(random.nextLong());
    Ways ways = ways("/a", Way.Plain.COUNTER, "/b", Way.Plain.SET);
    Json base = document(chance, 2);
    List<Json> sides =
        new ArrayList<>(
            List.of(changed(base, chance), changed(base, chance), changed(base, chance)));
    Merged merged = Merger.merge(Optional.of(base), sides, ways);
    Collections.shuffle(sides, chance);
    Merged shuffled = Merger.merge(Optional.of(base), sides, ways);
    assertThat(shuffled.open()).containsExactlyInAnyOrderElementsOf(merged.open());
    if (merged.isComplete()) {
      assertThat(shuffled.document()).isEqualTo(merged.document());
    }
  }

  private static Json document(Random chance, int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      if (chance.nextInt(3) > 0) {
        members.put(name, value(name, chance, depth));
      }
    }
    return new Json.Members(members);
  }

  private static Json value(String name, Random chance, int depth) {
    return switch (name) {
      case "a" -> json(Integer.toString(chance.nextInt(20)));
      case "b" -> json(chance.ints(3, 0, 5).distinct().boxed().toList().toString());
      case "c" -> json("[{'k':1,'v':" + chance.nextInt(3) + "}]");
      case "d", "e" -> json("'" + chance.nextInt(4) + "'");
      default -> depth == 0 ? json("null") : document(chance, depth - 1);
    };
  }

  private static Json changed(Json base, Random chance) {
    Map<String, Json> members = new LinkedHashMap<>(((Json.Members) base).members());
    for (int i = chance.nextInt(3); i >= 0; i--) {
      String name = List.of("a", "b", "c", "d", "e", "f").get(chance.nextInt(6));
      if (chance.nextInt(4) == 0) {
        members.remove(name);
      } else {
        members.put(name, value(name, chance, 2));
      }
    }
    return new Json.Members(members);
  }
}
