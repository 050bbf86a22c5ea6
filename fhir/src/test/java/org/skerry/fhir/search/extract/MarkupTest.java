package org.skerry.fhir.search.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>a</p><p>b</p></div>|a b",
        "<td>one</td><td>two</td>|one two",
        "a<br/>b|a b",
        "<b>bo</b>ne <SPAN class='x'>m</SPAN>et|bone met",
        "CO<sub>2</sub>|co2",
        "<img alt='a > b' src=\"x>y\"/>c|c",
        "a<!-- b <i>c</i> -->d|ad",
        "O&apos;Neill &amp; &lt;b&gt; &eacute;t&#233; &#xe9;&nbsp;x|o neill b ete e x",
        "a &unknown b|a unknown b",
        "a &#x7fffffff; &#1114112; b|a x7fffffff 1114112 b",
        "a <b|a",
        "a <!-- b|a",
        "<p>|",
      },
      delimiterString = "|")
  void tagsGoAndEntitiesAreRead(String xhtml, String words) {
    assertThat(String.join(" ", Words.of(Markup.text(xhtml))))
        .isEqualTo(words == null ? "" : words);
  }
}
