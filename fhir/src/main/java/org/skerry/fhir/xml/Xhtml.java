package org.skerry.fhir.xml;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The {@code div} of a narrative, as text. */
final class Xhtml {
  private static final String NAMESPACE = "http://www.w3.org/1999/xhtml";
  private static final String DIV = "div";

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

  /**
   * The next {@code div} in a resource's XML, where no element but narratives is called so. Reads
   * every character once, whatever somebody sent as XML.
   */
  static Place next(String xml, int from) {
    int start = -1;
    int depth = 0;
    for (int at = xml.indexOf('<', from); at >= 0; ) {
      int end = behind(xml, at);
      if (end < 0) {
        return Place.NONE;
      }
      boolean closing = xml.startsWith("</", at);
      if (isDiv(xml, closing ? at + 2 : at + 1) && (start >= 0 || !closing)) {
        start = start < 0 ? at : start;
        boolean opening = !closing && xml.charAt(end - 2) != '/';
        depth += opening ? 1 : closing ? -1 : 0;
        if (depth == 0) {
          return new Place(start, end);
        }
      }
      at = xml.indexOf('<', end);
    }
    return Place.NONE;
  }

  private static boolean isDiv(String xml, int name) {
    int behind = name + DIV.length();
    return xml.startsWith(DIV, name) && " \t\r\n/>".indexOf(xml.charAt(behind)) >= 0;
  }

  /** Where markup ends; -1 when it does not. */
  private static int behind(String xml, int at) {
    if (xml.startsWith("<!--", at)) {
      return behind(xml, "-->", at + 4);
    }
    if (xml.startsWith("<![CDATA[", at)) {
      return behind(xml, "]]>", at);
    }
    if (xml.startsWith("<?", at)) {
      return behind(xml, "?>", at);
    }
    int i = at + 1;
    while (i < xml.length()) {
      char c = xml.charAt(i);
      if (c == '>') {
        return i + 1;
      }
      // Quotes may hold what would end a tag.
      i = c == '"' || c == '\'' ? behind(xml, String.valueOf(c), i + 1) : i + 1;
      if (i < 0) {
        return i;
      }
    }
    return -1;
  }

  private static int behind(String xml, String end, int from) {
    int found = xml.indexOf(end, from);
    return found < 0 ? -1 : found + end.length();
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
