package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.collation.ValueReader;
import tools.jackson.databind.JsonNode;

class PolicyReaderTest {
  private static JsonNode json(String text) {
    return ValueReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyMethodIsRead() {
    List<Rule> rules =
        PolicyReader.rules(
            json(
                "[{'name':'a','type':'Patient','method':'merge','members':{'/i':{'identity':['s','v']},"
                    + "'/t':{'identity':'s'},'/w':'winner','/m':'merge','/l':{'latest':'/at'},'/x':'manual'}},"
                    + "{'name':'b','selector':{},'method':'merge','members':{'/c':'counter','/s':'set'}},"
                    + "{'name':'c','type':['Observation','Condition'],'method':'latest','member':'/a/b'},"
                    + "{'name':'d','selector':{'type':'o'},'method':'site','member':'/s','order':['x']},{'name':'e','type':'N','selector':{},'method':'function','function':'()"
                    + " => null'},{'name':'f','selector':{},'method':'winner'},"
                    + "{'name':'g','selector':{},'method':'manual'}]"));
    assertThat(rules)
        .extracting(rule -> rule.method().text())
        .containsExactly("merge", "merge", "latest", "site", "function", "winner", "manual");
    assertThat(rules.get(2).types()).containsExactlyInAnyOrder("Observation", "Condition");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|`rules` must be an array",
        "[1]|rule 1 must be an object",
        "[{'method':'merge','type':'a'}]|rule 1 needs `name`, a text",
        "[{'name':'a','method':'merge'}]|rule `a` needs `type` or `selector`",
        "[{'name':'a','type':'x','method':'guess'}]|rule `a` has the unknown method",
        "[{'name':'a','type':'x','methods':'merge'}]|rule `a` has the unknown member `methods`",
        "[{'name':'a','type':[],'method':'merge'}]|rule `a` needs texts in `type`",
        "[{'name':'a','type':1,'method':'merge'}]|rule `a` needs texts in `type`",
        "[{'name':'a','selector':{'a':{'$no':1}},'method':'merge'}]|rule `a` has a bad `selector`",
        "[{'name':'a','type':'x','method':'latest'}]|rule `a` needs `member`, a JSON pointer",
        "[{'name':'a','type':'x','method':'latest','member':'at'}]|rule `a` needs `member`, a JSON",
        "[{'name':'a','type':'x','method':'site','member':'/s'}]|rule `a` needs texts in `order`",
        "[{'name':'a','type':'x','method':'function'}]|rule `a` needs `function`, a text",
        "[{'name':'a','type':'x','method':'merge','members':[]}]|rule `a` needs in `members`",
        "[{'name':'a','type':'x','method':'merge','members':{'n':'set'}}]|rule `a` has `n` in",
        "[{'name':'a','type':'x','method':'merge','members':{'/n':'sum'}}]|rule `a` has an unknown"
            + " way",
        "[{'name':'a','type':'x','method':'merge','members':{'/n':{}}}]|rule `a` has an unknown"
            + " way",
        "[{'name':'a','type':'x','method':'merge','members':{'/n':{'identity':[]}}}]|rule `a`"
            + " needs",
        "[{'name':'a','type':'x','method':'merge'},{'name':'a','type':'y','method':'merge'}]|rule"
            + " 2: another"
      })
  void whatMeansNothingIsSaid(String rules, String reason) {
    assertThatThrownBy(() -> PolicyReader.rules(json(rules)))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageStartingWith(reason);
  }
}
