package org.skerry.fhir.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.skerry.fhir.rest.Models;
import tools.jackson.databind.json.JsonMapper;

class NarrativesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Models MODELS = new Models();
  private static final String OPEN = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] patient(String div) {
    return MAPPER.writeValueAsBytes(
        MAPPER
            .createObjectNode()
            .put("resourceType", "Patient")
            .set("text", MAPPER.createObjectNode().put("status", "generated").put("div", div)));
  }

  private static String throughXml(byte[] json) {
    byte[] xml = MODELS.xml(json);
    return MAPPER.readTree(MODELS.json(xml)).path("text").path("div").asString();
  }

  @Test
  void narrativesGoThroughXmlAsTheyWereWritten() {
    for (String inner :
        new String[] {
          "<a title=\"a > b\" href='x'>k</a>",
          "<a title=\"a &gt; b &lt; &amp; &quot;c&quot;\">&#160;&lt;&gt;</a>",
          "  <div>\n <div/><div >x</div>\t</div>\n",
          "<!-- </div> > --><b>x</b><br></br>",
          "<img alt='\"/>'/>",
          ""
        }) {
      String div = OPEN + inner + "</div>";
      assertThat(new String(MODELS.xml(patient(div)), StandardCharsets.UTF_8)).contains(div);
      assertThat(throughXml(patient(div))).isEqualTo(div);
    }
  }

  @Test
  void whatIsNoXmlOfItsOwnIsLeftToOthers() {
    for (String div :
        new String[] {
          OPEN + "a&nbsp;b</div>",
          OPEN + "<p>open</div>",
          "<div>no namespace</div>",
          "text",
          OPEN + "</div><script/>",
          "<!DOCTYPE div [<!ENTITY a \"b\">]>" + OPEN + "&a;</div>"
        }) {
      assertThat(Xhtml.isWhole(div)).as(div).isFalse();
      Narratives narratives = new Narratives();
      byte[] json = patient(div);
      assertThat(narratives.outOfJson(json)).isEqualTo(json);
      assertThat(narratives.intoJson(json)).isEqualTo(json);
    }
    assertThat(throughXml(patient(OPEN + "a&nbsp;b</div>"))).contains("a\u00a0b");
  }

  @Test
  void eachNarrativeOfABundleFindsItsPlaceAgain() {
    String one = OPEN + "<a title=\"1 > 0\"/></div>";
    String other = OPEN + "<a title=\"2 > 0\"/></div>";
    String json =
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
            + new String(patient(one), StandardCharsets.UTF_8)
            + "},{\"resource\":"
            + new String(patient(other), StandardCharsets.UTF_8)
            + "}]}";
    byte[] back = MODELS.json(MODELS.xml(bytes(json)));
    assertThat(MAPPER.readTree(back)).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void textThatLooksLikeANarrativeIsNone() {
    String xml =
        "<Patient xmlns=\"http://hl7.org/fhir\"><!-- <div> --><text><status value=\"generated\"/>"
            + OPEN
            + "<b title='</div>'>x</b></div></text><name><text"
            + " value=\"&lt;div>\"/></name></Patient>";
    Xhtml.Place place = Xhtml.next(xml, 0);
    assertThat(xml.substring(place.start(), place.end()))
        .isEqualTo(OPEN + "<b title='</div>'>x</b></div>");
    assertThat(Xhtml.next(xml, place.end()).isThere()).isFalse();
    assertThat(Xhtml.next("<div><b>", 0).isThere()).isFalse();
  }

  /**
   * Each would be read to the end as often as it begins, by whoever looks for its end each time.
   */
  @Test
  void whatNeverEndsIsReadOnce() {
    for (String begin :
        new String[] {"<!--", "<![CDATA[", "<?a", "<a", "<a b='", "<div ", "<div>"}) {
      assertThat(Xhtml.next(begin.repeat(1_000_000), 0).isThere()).as(begin).isFalse();
    }
  }

  @Test
  void extensionsWithoutValuesInArraysGoThroughXml() {
    String json =
        "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"order\","
            + "\"subject\":{\"reference\":\"Patient/1\"},\"occurrenceTiming\":{\"_event\":[{\"extension\":"
            + "[{\"valueCode\":\"unknown\",\"url\":\"http://x\"}]}]}}";
    var back = MAPPER.readTree(MODELS.json(MODELS.xml(bytes(json))));
    assertThat(back).isEqualTo(MAPPER.readTree(json));
  }
}
