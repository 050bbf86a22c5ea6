package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomPageTest {
  private static AtomPage read(String xml) throws XMLStreamException {
    return AtomPage.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPageAsOpenMrsWritesItIsRead() throws XMLStreamException {
    AtomPage page =
        read(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Patient AOP</title><link"
                + " rel=\"self\" type=\"application/atom+xml\" href=\"http://x/2\" /><link"
                + " rel=\"via\" type=\"application/atom+xml\" href=\"http://x/2\" /><link"
                + " rel=\"prev-archive\" href=\"http://x/1\" />"
                + "<author><name>OpenMRS</name></author><id>f+2</id><entry><title>Patient</title><category"
                + " term=\"CREATED\" /><category term=\"patient\" /><link href=\"http://elsewhere\""
                + " rel=\"via\"/><id>tag:atomfeed.ict4h.org:1</id><content"
                + " type=\"application/vnd.atomfeed+xml\"><![CDATA[{\"fhir\":\"/ws/fhir/Patient/1\"}]]></content>"
                + "</entry></feed>");
    assertThat(page.via()).contains("http://x/2");
    assertThat(page.previous()).contains("http://x/1");
    assertThat(page.next()).isEmpty();
    assertThat(page.entries()).hasSize(1);
    assertThat(page.entries().getFirst().id()).isEqualTo("tag:atomfeed.ict4h.org:1");
    assertThat(page.entries().getFirst().terms()).containsExactly("CREATED", "patient");
    assertThat(page.entries().getFirst().content()).isEqualTo("{\"fhir\":\"/ws/fhir/Patient/1\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<feed>",
        "<!DOCTYPE feed [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><feed><id>&x;</id></feed>",
        "<feed><entry><id><b/></id></entry></feed>"
      })
  void whatIsNoFeedIsRefused(String xml) {
    assertThatThrownBy(() -> read(xml)).isInstanceOf(XMLStreamException.class);
  }
}
