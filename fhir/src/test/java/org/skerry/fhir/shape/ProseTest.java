package org.skerry.fhir.shape;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.collation.ValueReader;

class ProseTest {
  private static final Prose PROSE = new Prose(new Shapes(FhirContext.forR4Cached()));

  private static List<String> read(String json) {
    List<String> texts = new ArrayList<>();
    PROSE.visit(
        ValueReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        (text, kind) -> texts.add((kind == Prose.Kind.XHTML ? "xhtml:" : "") + text));
    return texts;
  }

  @Test
  void textsAreStringsCodesAndNarratives() {
    assertThat(
            read(
                "{'resourceType':'Patient','id':'p','language':'en','text':{'status':'empty','div':'<div>n</div>'},"
                    + "'name':[{'family':'Okafor','given':['Ada','B'],'use':'usual'}],'gender':'female',"
                    + "'birthDate':'1980-01-01','active':true,'multipleBirthInteger':2}"))
        .containsExactly(
            "en", "empty", "xhtml:<div>n</div>", "Okafor", "Ada", "B", "usual", "female");
  }

  @Test
  void namesOfThingsAndBytesAreNone() {
    assertThat(
            read(
                "{'resourceType':'DocumentReference','identifier':[{'system':'urn:s','value':'A"
                    + " 7'}],'subject':{'reference':'Patient/p','display':'Ada'},"
                    + "'content':[{'id':'x','attachment':{'contentType':'text/plain','data':'YWJj','url':'http://e/x','title':'Scan'}}]}"))
        .containsExactly("A 7", "Ada", "text/plain", "Scan");
  }

  @Test
  void containedResourcesAndExtensionsAreRead() {
    assertThat(
            read(
                "{'resourceType':'Observation','contained':[{'resourceType':'Patient','id':'c','name':[{'text':'Inner'}]}],"
                    + "'extension':[{'url':'http://e','extension':[{'url':'u','valueString':'deep'}]}],'note':[{'text':'#"
                    + " said','_text':{'extension':[{'url':'u','valueMarkdown':'again'}]}}],"
                    + "'status_':{'extension':[{'url':'u','valueCode':'why'}]}}"))
        .containsExactly("Inner", "deep", "# said", "again", "why");
  }

  @Test
  void whatHasNoTypeOrAnotherShapeIsLeftOut() {
    assertThat(read("{'resourceType':'Nothing','name':'x'}")).isEmpty();
    assertThat(read("{}")).isEmpty();
    assertThat(
            read("{'resourceType':'Patient','at':'site','name':'flat','gender':7,'photo':[[1]]}"))
        .isEmpty();
    assertThat(read("{'resourceType':'Patient','name':[[{'family':'x'}],null]}")).isEmpty();
  }

  @Test
  void nestingHasAnEnd() {
    String deep = "{'url':'u','valueString':'s','extension':[".repeat(300) + "]}".repeat(300);
    assertThat(read("{'resourceType':'Patient','extension':[" + deep + "]}")).hasSize(99);
  }
}
