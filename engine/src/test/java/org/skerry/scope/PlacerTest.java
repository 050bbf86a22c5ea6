package org.skerry.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.collation.ValueReader;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.subset.Placement;
import org.skerry.testing.Seeded;

/** Documents that are placed one after the other are placed as each alone. */
@ExtendWith(Seeded.class)
class PlacerTest {
  private static final List<String> RULES =
      List.of(
          "{'site':'/at'}",
          "{'type':'a','site':'/at'},{'type':'b','follow':'/of/reference','urgency':3}",
          "{'selector':{'_id':{'$gt':'d5'}},'site':'/at'}",
          "{'selector':{'$or':[{'at':'x'},{'of':{'$exists':true}}]},'everyone':true}",
          "{'type':['a','b'],'site':'/places/id'}");

  private static final List<String> MEMBERS =
      List.of(
          "'at':'x'",
          "'at':'y'",
          "'a\\u0074':'x'",
          "'at':'\\u0078'",
          "'at':['x','y']",
          "'at':7",
          "'type':'a'",
          "'type':'b'",
          "'type':{'a':1}",
          "'resourceType':'b'",
          "'of':{'reference':'p1'}",
          "'of': {'reference':'p1'}",
          "'of':{'reference':'p2'}",
          "'places':[{'id':'x'},{'id':'y'}]");

  private static ScopeRules rules(String rules) {
    String json = "{'rules':[" + rules + "]}";
    return ScopeRules.parse(
        ValueReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  /** A few members, no name twice however it is spelled. */
  private static Body body(SplittableRandom random) {
    StringBuilder json = new StringBuilder("{\"number\":1");
    String before = "";
    for (int i = random.nextInt(3); i < MEMBERS.size(); i += 1 + random.nextInt(8)) {
      String member = MEMBERS.get(i);
      String name = member.substring(1, member.indexOf('\'', 1)).replace("a\\u0074", "at");
      if (!name.equals(before)) {
        json.append(',').append(member.replace('\'', '"'));
      }
      before = name;
    }
    return Body.parse(json.append('}').toString());
  }

  @RepeatedTest(5)
  void asEachAlone(SplittableRandom random) {
    for (String rule : RULES) {
      ScopeRules rules = rules(rule);
      Placer placer = rules.placer();
      for (int i = 0; i < 200; i++) {
        DocId id = DocId.of(random.nextInt(20) == 0 ? "_design/d" : "d" + random.nextInt(10));
        boolean deleted = random.nextInt(4) == 0;
        Body body = random.nextInt(10) == 0 ? Body.EMPTY : body(random);
        assertThat(placer.place(id, deleted, body))
            .as(rule + " of " + body)
            .isEqualTo(rules.place(id, deleted, body));
      }
    }
  }

  @Test
  void whoSaysTheSameHasTheSame() {
    Placer placer = rules("{'site':'/at'}").placer();
    Placement first = placer.place(DocId.of("a"), false, Body.parse("{\"at\":\"x\",\"n\":1}"));
    assertThat(placer.place(DocId.of("b"), false, Body.parse("{\"n\":2,\"at\":\"x\"}")))
        .isSameAs(first);
    assertThat(placer.place(DocId.of("c"), false, Body.parse("{\"n\":2,\"at\":\"y\"}")))
        .isNotEqualTo(first);
  }
}
