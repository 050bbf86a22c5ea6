package org.skerry.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.mango.MangoException.Kind;

class IndexRequestTest {
  private static IndexRequest request(String json) {
    return IndexRequest.parse(Asked.json(json));
  }

  /**
   * The terms are those of CouchDB's published examples ({@code a5f4711f…}, {@code a017b603…}), to
   * which version 3 added the option {@code partitioned}.
   */
  @Test
  void namesAreCouchDbsHashes() {
    assertThat(request("{'index':{'fields':['age']},'type':'json','w':3,'name':'age'}").designId())
        .isEqualTo("_design/39e5d7fc94ce74fc5ed0b10975943a7bf3746eae");
    IndexRequest unnamed = request("{'index':{'fields':['year']}}");
    assertThat(unnamed.name()).isEqualTo("855c8056b450efa1f5018cd1cc092c62b6fdaa2d");
    assertThat(unnamed.designId()).isEqualTo("_design/" + unnamed.name());
  }

  @Test
  void theSameRequestHasTheSameName() {
    String json = "{'index':{'fields':['a',{'b':'asc'}],'partial_filter_selector':{'c':1.5}}}";
    assertThat(request(json).name()).isEqualTo(request(json).name()).hasSize(40);
    assertThat(request(json).name()).isNotEqualTo(request("{'index':{'fields':['a']}}").name());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 836100",
    "255, 8361ff",
    "256, 836200000100",
    "-1, 8362ffffffff",
    "2147483648, 836e040000000080",
    "-2147483649, 836e040101000080",
    "1.5, 83463ff8000000000000",
    "null, 836400046e756c6c",
    "true, 836400047472756500",
    "[], 836a",
    "'[1,2]', 836b00020102",
    "'[1,256]', 836c0000000261016200000100" + "6a",
    "{}, 8368016a",
  })
  void termsAreErlangs(String json, String hex) {
    String expected = json.equals("true") ? hex.substring(0, hex.length() - 2) : hex;
    assertThat(HexFormat.of().formatHex(ErlangTerms.bytes(ErlangTerms.json(Asked.json(json)))))
        .isEqualTo(expected);
  }

  @Test
  void namesMayBeGiven() {
    IndexRequest named = request("{'index':{'fields':['a']},'ddoc':'d','name':'n'}");
    assertThat(named.designId()).isEqualTo("_design/d");
    assertThat(named.name()).isEqualTo("n");
    assertThat(request("{'index':{'fields':['a']},'ddoc':'_design/d'}").designId())
        .isEqualTo("_design/d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | missing_required_key | Missing required key: index",
        "{'index':{}} | missing_required_key | Missing required key: fields",
        "{'index':[]} | invalid_index | JSON indexes must be an object, not: []",
        "{'index':{'fields':'bing'}} | invalid_sort_json |"
            + " Sort must be an array of sort specs, not: 'bing'",
        "{'index':{'fields':['']}} | invalid_sort_field | Invalid sort field: ''",
        "{'index':{'fields':[{'foo':2}]}} | invalid_sort_dir | Invalid sort direction: 2",
        "{'index':{'fields':[{'a':'asc','b':'asc'}]}} | invalid_sort_field |"
            + " Invalid sort field: {'a':'asc','b':'asc'}",
        "{'index':{'fields':[{'a':'asc'},{'b':'desc'}]}} | unsupported_mixed_sort |"
            + " Sorts currently only support a single direction for all fields.",
        "{'index':{'fields':['a'],'x':1}} | invalid_key | Invalid key x for this request.",
        "{'index':{'fields':['a']},'x':1} | invalid_key | Invalid key x for this request.",
        "{'index':{'fields':['a']},'type':1.5} | invalid_string | Invalid string: 1.5",
        "{'index':{'fields':['a']},'type':'geo'} | invalid_index | Invalid type for index: geo",
        "{'index':{'fields':['a']},'name':true} | invalid_string | Invalid string: true",
        "{'index':{'fields':['a']},'name':''} | invalid_index_name | Invalid index name: ''",
        "{'index':{'fields':['a']},'w':0} | invalid_pos_integer |"
            + " 0 is not an integer greater than zero",
        "{'index':{'fields':['a']},'partitioned':true} | invalid_design_doc |"
            + " partitioned option cannot be true in a non-partitioned database.",
      })
  void badRequestsAreNamed(String json, String error, String reason) {
    assertThatThrownBy(() -> request(json))
        .isInstanceOfSatisfying(MangoException.class, e -> assertThat(e.error()).isEqualTo(error))
        .hasMessage(reason.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "nouveau"})
  void fullTextIsNotServed(String type) {
    assertThatThrownBy(() -> request("{'index':{},'type':'" + type + "'}"))
        .isInstanceOfSatisfying(
            MangoException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(type);
  }
}
