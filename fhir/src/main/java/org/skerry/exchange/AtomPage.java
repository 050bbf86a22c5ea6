package org.skerry.exchange;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of an Atom feed, as OpenMRS and this node write them.
 *
 * @param via its permanent address
 */
record AtomPage(
    Optional<String> via, Optional<String> previous, Optional<String> next, List<Entry> entries) {

  /** The JDK's own; without DTDs and what they may name. */
  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  /**
   * One entry.
   *
   * @param terms its categories: an action, the feed's category, perhaps a filter tag
   * @param content JSON: links by their names
   */
  record Entry(String id, List<String> terms, String content) {}

  /**
   * Reads a page.
   *
   * @throws XMLStreamException when it is no XML
   */
  static AtomPage read(byte[] xml) throws XMLStreamException {
    XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
    Reading reading = new Reading();
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        reading.start(in);
      } else if (event == XMLStreamConstants.END_ELEMENT && in.getLocalName().equals("entry")) {
        reading.endEntry();
      }
    }
    return reading.page();
  }

  /** What was read so far. */
  private static final class Reading {
    private Optional<String> via = Optional.empty();
    private Optional<String> previous = Optional.empty();
    private Optional<String> next = Optional.empty();
    private final List<Entry> entries = new ArrayList<>();
    private boolean inEntry;
    private String id = "";
    private String content = "";
    private List<String> terms = new ArrayList<>();

    void start(XMLStreamReader in) throws XMLStreamException {
      switch (in.getLocalName()) {
        case "entry" -> {
          inEntry = true;
          id = "";
          content = "";
          terms = new ArrayList<>();
        }
        case "link" -> {
          if (!inEntry) {
            link(attribute(in, "rel"), attribute(in, "href"));
          }
        }
        case "category" -> terms.add(attribute(in, "term"));
        case "id" -> id = inEntry ? in.getElementText() : id;
        case "content" -> content = inEntry ? in.getElementText() : content;
        default -> {}
      }
    }

    private static String attribute(XMLStreamReader in, String name) {
      String value = in.getAttributeValue(null, name);
      return value == null ? "" : value;
    }

    private void link(String rel, String href) {
      switch (rel) {
        case "via" -> via = Optional.of(href);
        case "prev-archive" -> previous = Optional.of(href);
        case "next-archive" -> next = Optional.of(href);
        default -> {}
      }
    }

    void endEntry() {
      inEntry = false;
      entries.add(new Entry(id, List.copyOf(terms), content));
    }

    AtomPage page() {
      return new AtomPage(via, previous, next, List.copyOf(entries));
    }
  }
}
