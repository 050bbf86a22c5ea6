package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skerry.mango.Asked.index;
import static org.skerry.mango.Asked.withAllDocs;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skerry.mango.Plan.Reason;

class PlannerTest {
  private static String chosen(String request, MangoIndex... indexes) {
    return Planner.plan(Asked.find(request), withAllDocs(indexes)).index().orElseThrow().name();
  }

  private static String rejected(String request, MangoIndex... indexes) {
    return Planner.explain(Asked.find(request), withAllDocs(indexes)).rejected().stream()
        .map(
            r ->
                r.index().name()
                    + (r.usable() ? " " : " un")
                    + "usable "
                    + r.reason()
                    + " "
                    + r.ranking())
        .collect(Collectors.joining("; "));
  }

  @Test
  void anIndexOnWhatIsAskedServes() {
    assertThat(chosen("{'selector':{'age':1}}", index("age", "age"))).isEqualTo("age");
    assertThat(chosen("{'selector':{'age':{'$exists':true}}}", index("age", "age")))
        .isEqualTo("age");
    assertThat(chosen("{'selector':{'name':1}}", index("age", "age"))).isEqualTo("_all_docs");
  }

  @Test
  void anIndexThatMayLackAMatchDoesNot() {
    MangoIndex both = index("both", "company", "manager");
    assertThat(chosen("{'selector':{'company':'x'}}", both)).isEqualTo("_all_docs");
    assertThat(chosen("{'selector':{'company':'x','manager':{'$exists':false}}}", both))
        .isEqualTo("_all_docs");
    assertThat(
            chosen(
                "{'selector':{'company':{'$gt':'a'},'$or':[{'manager':1},{'manager':2}]}}", both))
        .isEqualTo("both");
  }

  @Test
  void idAndRevisionAreAlwaysThere() {
    assertThat(chosen("{'selector':{'name':'x'}}", index("a", "name", "_id"))).isEqualTo("a");
    assertThat(chosen("{'selector':{'name':'x'}}", index("a", "name", "_rev"))).isEqualTo("a");
  }

  @Test
  void theIndexWithTheFewestColumnsIsPreferred() {
    assertThat(
            chosen(
                "{'selector':{'name':'x','age':{'$exists':true},'user':{'$exists':true}}}",
                index("aaa", "name", "age", "user"),
                index("zzz", "name")))
        .isEqualTo("zzz");
  }

  @Test
  void theIndexThatServesMostConditionsIsPreferred() {
    MangoIndex one = index("zzz", "name");
    MangoIndex two = index("bbb", "name", "age");
    MangoIndex three = index("aaa", "name", "age", "user");
    assertThat(chosen("{'selector':{'name':'x','age':{'$gte':12}}}", three, two, one))
        .isEqualTo("bbb");
    assertThat(chosen("{'selector':{'name':'x','number':{'$lte':12}}}", three, two, one))
        .isEqualTo("zzz");
  }

  @Test
  void thenTheFirstByName() {
    assertThat(
            chosen(
                "{'selector':{'name':'x'}}",
                index("zzz", "name"),
                index("bbb", "name"),
                index("aaa", "name")))
        .isEqualTo("aaa");
  }

  @Test
  void aSortNeedsAnIndex() {
    MangoIndex both = index("both", "a", "b");
    assertThat(chosen("{'selector':{'a':{'$gt':1}},'sort':['a','b']}", both)).isEqualTo("both");
    assertThat(chosen("{'selector':{'a':{'$gt':1},'b':{'$gt':1}},'sort':['a']}", both))
        .isEqualTo("both");
    assertThat(chosen("{'selector':{'a':1},'sort':['b']}", both)).isEqualTo("both");
    for (String request :
        List.of(
            "{'selector':{'a':{'$gt':1}},'sort':['b']}",
            "{'selector':{'a':{'$gt':1}},'sort':['a']}",
            "{'selector':{'a':1},'sort':['b','a']}",
            "{'selector':{'a':1},'sort':['c']}",
            "{'selector':{'a':1},'sort':['_id']}")) {
      assertThatThrownBy(() -> chosen(request, both))
          .as(request)
          .isInstanceOfSatisfying(
              MangoException.class, e -> assertThat(e.error()).isEqualTo("no_usable_index"))
          .hasMessage("No index exists for this sort, try indexing by the sort fields.");
    }
  }

  @Test
  void idsAreSortedWithoutAnIndex() {
    assertThat(chosen("{'selector':{'_id':{'$gt':null},'a':1},'sort':['_id']}"))
        .isEqualTo("_all_docs");
  }

  @Test
  void theClientMayNameAnIndex() {
    MangoIndex age = index("age", "age");
    MangoIndex name = index("name", "name");
    String selector = "{'selector':{'age':1,'name':'x'},'use_index':";
    for (String wanted :
        List.of("'name'", "'_design/name'", "['name']", "['_design/name','name']", "'name/name'")) {
      assertThat(chosen(selector + wanted + "}", age, name)).as(wanted).isEqualTo("name");
    }
    assertThat(chosen(selector + "null}", age, name)).isEqualTo("age");
    assertThat(chosen(selector + "[]}", age, name)).isEqualTo("age");
    assertThat(chosen(selector + "'other'}", age, name)).isEqualTo("age");
    assertThat(chosen(selector + "['name','other']}", age, name)).isEqualTo("age");
  }

  @Test
  void fallbackMayBeForbidden() {
    MangoIndex age = index("age", "age");
    assertThat(chosen("{'selector':{'age':1},'use_index':'age','allow_fallback':false}", age))
        .isEqualTo("age");
    assertThat(chosen("{'selector':{'age':1},'allow_fallback':false}", age)).isEqualTo("age");
    assertThatThrownBy(() -> chosen("{'selector':{'a':1},'allow_fallback':false}", age))
        .hasMessage("You must specify an index with the `use_index` parameter.");
    assertThatThrownBy(
            () ->
                chosen("{'selector':{'age':1},'use_index':['x','y'],'allow_fallback':false}", age))
        .hasMessage(
            "_design/x, y specified by `use_index` could not be found or it is not suitable.");
  }

  @Test
  void partialIndexesServeOnlyWhoNamesThem() {
    MangoIndex partial = Asked.partial("partial", "{'kind':{'$eq':1}}", "a");
    assertThat(chosen("{'selector':{'a':1}}", partial)).isEqualTo("_all_docs");
    assertThat(chosen("{'selector':{'a':1},'use_index':'partial'}", partial)).isEqualTo("partial");
    assertThat(rejected("{'selector':{'a':1}}", partial))
        .isEqualTo("partial unusable IS_PARTIAL 1");
  }

  @Test
  void indexesOfPartitionsServeNobody() {
    MangoIndex partitioned =
        new MangoIndex.Json("_design/p", "p", index("p", "a").definition(), true);
    assertThat(chosen("{'selector':{'a':1}}", partitioned)).isEqualTo("_all_docs");
    assertThat(rejected("{'selector':{'a':1}}", partitioned))
        .isEqualTo("p unusable SCOPE_MISMATCH 1");
  }

  /** CouchDB's own test of {@code _explain} with its users. */
  @Test
  void whatFellOutRanksBehindWhatStayed() {
    assertThat(rejected("{'selector':{'age':23}}", index("user", "user"), index("age", "age")))
        .isEqualTo("user unusable FIELD_MISMATCH 2; _all_docs usable UNFAVORED_TYPE 1");
    assertThat(rejected("{'selector':{'age':23},'sort':['company']}"))
        .isEqualTo("_all_docs unusable FIELD_MISMATCH 1");
    assertThat(rejected("{'selector':{'age':23}}")).isEmpty();
  }

  @Test
  void everyReasonIsGiven() {
    assertThat(
            rejected(
                "{'selector':{'a':1,'b':1,'c':{'$exists':true}}}",
                index("a1", "a", "b"),
                index("a2", "a", "b"),
                index("b1", "a", "b", "c"),
                index("c1", "a"),
                index("d1", "x")))
        .isEqualTo(
            "d1 unusable FIELD_MISMATCH 5; c1 usable LESS_OVERLAP 3;"
                + " b1 usable TOO_MANY_FIELDS 2; a2 usable ALPHABETICALLY_COMES_AFTER 1;"
                + " _all_docs usable UNFAVORED_TYPE 4");
    assertThat(
            rejected(
                "{'selector':{'a':1},'sort':['a'],'use_index':'a2'}",
                index("a1", "a"),
                index("a2", "a"),
                index("z", "a", "_id", "_rev")))
        .isEqualTo(
            "z usable EXCLUDED_BY_USER 1; a1 usable EXCLUDED_BY_USER 1;"
                + " _all_docs unusable FIELD_MISMATCH 2");
    assertThat(rejected("{'selector':{'a':{'$gt':1}},'sort':['b']}", index("i", "b", "a")))
        .isEqualTo("_all_docs unusable FIELD_MISMATCH 1");
    assertThat(
            Planner.explain(
                    Asked.find("{'selector':{'a':{'$gt':1},'b':1},'sort':['b']}"),
                    withAllDocs(index("i", "a", "b")))
                .rejected())
        .extracting(Plan.Rejection::reason)
        .contains(Reason.SORT_ORDER_MISMATCH);
  }

  @Test
  void whatCannotBeMetIsKnown() {
    MangoIndex a = index("a", "a");
    assertThat(
            Planner.plan(Asked.find("{'selector':{'a':{'$gt':1,'$lt':1}}}"), withAllDocs(a))
                .isEmpty())
        .isTrue();
    assertThat(Planner.plan(Asked.find("{'selector':{'a':1}}"), withAllDocs(a)).isEmpty())
        .isFalse();
  }

  private static boolean covers(String request, MangoIndex... indexes) {
    return Planner.plan(Asked.find(request), withAllDocs(indexes)).isCovering();
  }

  @Test
  void anIndexCoversWhatItKnows() {
    MangoIndex name = index("name", "name.first", "name.last");
    assertThat(covers("{'selector':{'name':{'first':'a','last':'b'}},'fields':['_id']}", name))
        .isTrue();
    assertThat(
            covers(
                "{'selector':{'name.first':'a','name.last':{'$gt':1}},'fields':['name.last']}",
                name))
        .isTrue();
    MangoIndex age = index("age", "age");
    assertThat(covers("{'selector':{'age':1},'fields':['name']}", age)).isFalse();
    assertThat(covers("{'selector':{'age':1}}", age)).isFalse();
    assertThat(covers("{'selector':{'age':1,'b':1},'fields':['age']}", age)).isFalse();
    assertThat(covers("{'selector':{},'fields':['_id']}")).isFalse();
  }
}
