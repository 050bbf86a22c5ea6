package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ExplanationTest {
  private static JsonNode explained(String request, MangoIndex... indexes) {
    Plan plan = Planner.explain(Asked.find(request), Asked.withAllDocs(indexes));
    return Asked.json(Asked.written(new Explanation("db", plan)::write));
  }

  @Test
  void theFormIsCouchDbs() {
    assertThat(
            explained(
                "{'selector':{'year':{'$gt':2010}},'fields':['_id','year'],"
                    + "'sort':[{'year':'asc'}],'limit':2}",
                Asked.index("i", "year")))
        .isEqualTo(
            Asked.json(
                "{'dbname':'db','index':{'ddoc':'_design/i','name':'i','type':'json',"
                    + "'partitioned':false,'def':{'fields':[{'year':'asc'}]}},"
                    + "'partitioned':false,'selector':{'year':{'$gt':2010}},"
                    + "'opts':{'use_index':[],'bookmark':'nil','limit':2,'skip':0,"
                    + "'sort':{'year':'asc'},'fields':['_id','year'],'partition':'','r':1,"
                    + "'conflicts':false,'stale':false,'update':true,'stable':false,"
                    + "'execution_stats':false,'allow_fallback':true},'limit':2,'skip':0,"
                    + "'fields':['_id','year'],'index_candidates':[{'index':{'ddoc':null,"
                    + "'name':'_all_docs','type':'special','def':{'fields':[{'_id':'asc'}]}},"
                    + "'analysis':{'usable':false,'reasons':[{'name':'field_mismatch'}],"
                    + "'ranking':1,'covering':null}}],'selector_hints':[{'type':'json',"
                    + "'indexable_fields':['year'],'unindexable_fields':[]}],"
                    + "'mrargs':{'include_docs':false,'view_type':'map','reduce':false,"
                    + "'partition':null,'start_key':[2010],'end_key':['<MAX>'],"
                    + "'direction':'fwd','stable':false,'update':true,"
                    + "'conflicts':'undefined'},'covering':true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'selector':{'a':1,'b':{'$gte':0}}} | [1,0] | [1,'<MAX>'] | fwd",
        "{'selector':{'a':{'$lt':5},'b':{'$exists':true}}} | [] | [5,'<MAX>'] | fwd",
        "{'selector':{'a':{'$gt':1},'b':1},'sort':[{'a':'desc'}]} | ['<MAX>'] | [1,1] | rev",
        "{'selector':{'a':{'$gt':1,'$lt':1},'b':1},'use_index':'i'} | null | null | fwd",
        "{'selector':{'a':'x','b':{'$beginsWith':'A'}}} | ['x','A'] | ['x','A\ufffd','<MAX>'] |"
            + " fwd",
      })
  void keysShowWhatIsRead(String request, String start, String end, String direction) {
    JsonNode arguments = explained(request, Asked.index("i", "a", "b")).path("mrargs");
    assertThat(arguments.path("start_key")).isEqualTo(Asked.json(start));
    assertThat(arguments.path("end_key")).isEqualTo(Asked.json(end));
    assertThat(arguments.path("direction").asString()).isEqualTo(direction);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'selector':{}} | null | '<MAX>'",
        "{'selector':{'_id':{'$lt':'x'}}} | '' | 'x'",
        "{'selector':{'_id':{'$gt':'x'}}} | 'x' | '<MAX>'",
        "{'selector':{'_id':'x'}} | 'x' | 'x'",
      })
  void idsAreShownWithoutArray(String request, String start, String end) {
    JsonNode arguments = explained(request).path("mrargs");
    assertThat(arguments.path("start_key")).isEqualTo(Asked.json(start));
    assertThat(arguments.path("end_key")).isEqualTo(Asked.json(end));
  }

  @Test
  void optionsAreShownAsTheyTakeEffect() {
    JsonNode stale =
        explained("{'selector':{},'stale':'ok','conflicts':true,'r':2,'use_index':'a/b'}");
    assertThat(stale.path("opts").path("stale").asString()).isEqualTo("ok");
    assertThat(stale.path("opts").path("use_index")).isEqualTo(Asked.json("['a','b']"));
    JsonNode arguments = stale.path("mrargs");
    assertThat(arguments.path("stable").booleanValue()).isTrue();
    assertThat(arguments.path("update").booleanValue()).isFalse();
    assertThat(arguments.path("conflicts").booleanValue()).isTrue();
    assertThat(arguments.path("include_docs").booleanValue()).isFalse();
  }

  @Test
  void whereNothingServesThereIsNoIndex() {
    JsonNode explained = explained("{'selector':{'a':1},'sort':['b']}");
    assertThat(explained.path("index").isNull()).isTrue();
    assertThat(explained.has("mrargs")).isFalse();
    assertThat(explained.path("index_candidates")).hasSize(1);
  }

  @Test
  void candidatesTellWhetherTheyWouldCover() {
    JsonNode candidates =
        explained(
                "{'selector':{'a':1},'fields':['b']}",
                Asked.index("i", "a"),
                Asked.index("j", "a", "_id"),
                Asked.index("k", "b"))
            .path("index_candidates");
    assertThat(candidates)
        .extracting(
            c -> c.path("index").path("name").asString() + c.path("analysis").path("covering"))
        .containsExactly("ktrue", "jfalse", "_all_docsnull");
  }

  @Test
  void hintsTellWhatNoIndexCanServe() {
    assertThat(
            explained("{'selector':{'a':{'$gt':1},'b':{'$ne':2},'c':{'$in':[1]}}}")
                .path("selector_hints"))
        .isEqualTo(
            Asked.json(
                "[{'type':'json','indexable_fields':['a'],'unindexable_fields':['b','c']}]"));
  }
}
