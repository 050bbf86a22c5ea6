package org.skerry.fhir.xml;

import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The {@code div} of a narrative, as text. */
final class Xhtml {
  private static final String NAMESPACE = "http://www.w3.org/1999/xhtml";

  /** A tag; what is no element; or text that looks like one. Quotes may hold {@code >}. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>"
              + "|<(/?)([^\\s/>\"'<]++)(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>",
          Pattern.DOTALL);

  private static final XMLInputFactory FACTORY = factory();

  private Xhtml() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** From where to where an element goes. */
  record Place(int start, int end) {
    static final Place NONE = new Place(-1, -1);

    boolean isThere() {
      return start >= 0;
    }
  }

  /** The next {@code div} in a resource's XML, where no element but narratives is called so. */
  static Place next(String xml, int from) {
    Matcher markup = MARKUP.matcher(xml);
    int start = -1;
    int depth = 0;
    for (boolean more = markup.find(from); more; more = markup.find()) {
      if (markup.group(2) == null || !markup.group(2).equals("div")) {
        continue;
      }
      boolean closing = !markup.group(1).isEmpty();
      if (start < 0 && !closing) {
        start = markup.start();
      }
      if (closing) {
        depth--;
      } else if (xml.charAt(markup.end() - 2) != '/') {
        depth++;
      }
      if (start >= 0 && depth <= 0) {
        return new Place(start, markup.end());
      }
    }
    return Place.NONE;
  }

  /**
   * Whether a text is a {@code div} of XHTML that needs nothing around it: then it can stand in any
   * XML, and in JSON, as it is. Entities that XML does not know are no part of such a text.
   */
  static boolean isWhole(String div) {
    if (!div.startsWith("<div") || div.contains("<!DOCTYPE")) {
      return false;
    }
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(div));
      try {
        reader.nextTag();
        boolean xhtml =
            NAMESPACE.equals(reader.getNamespaceURI()) && reader.getLocalName().equals("div");
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamReader.ENTITY_REFERENCE) {
            return false;
          }
        }
        return xhtml && div.endsWith(">");
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      return false;
    }
  }
}
