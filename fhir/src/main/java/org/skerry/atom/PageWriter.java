package org.skerry.atom;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes pages as Atom (RFC 4287, archives by RFC 5005), in the form in which OpenMRS writes them
 * and {@code org.ict4h:atomfeed-client} reads them: each page with {@code self} and {@code via},
 * entries oldest first, an entry's links as JSON in a CDATA section.
 */
final class PageWriter {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String TYPE = "application/atom+xml";
  private static final String CONTENT = "application/vnd.atomfeed+xml";

  /** The JDK's own, whatever else is on the class path. */
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final XMLStreamWriter out;

  private PageWriter(XMLStreamWriter out) {
    this.out = out;
  }

  /**
   * A page of a feed.
   *
   * @param number from 1
   * @param newest whether no page follows
   * @param self as the reader asked for it
   * @param base the URL of page 1 without its number
   */
  record Page(
      FeedDefinition feed,
      long number,
      boolean newest,
      String self,
      String base,
      List<Event> events) {
    String url(long page) {
      return base + page;
    }
  }

  static byte[] write(Page page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(bytes, "UTF-8");
      new PageWriter(out).document(page);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a page that is no XML", e);
    }
    return bytes.toByteArray();
  }

  private void document(Page page) throws XMLStreamException {
    String category = page.feed().category();
    out.writeStartDocument("UTF-8", "1.0");
    out.writeStartElement("feed");
    out.writeDefaultNamespace(ATOM);
    element("title", page.feed().title());
    link("self", page.self());
    link("via", page.url(page.number()));
    if (!page.newest()) {
      link("next-archive", page.url(page.number() + 1));
    }
    if (page.number() > 1) {
      link("prev-archive", page.url(page.number() - 1));
    }
    out.writeStartElement("author");
    element("name", "Skerry");
    out.writeEndElement();
    element("id", "tag:atomfeed.ict4h.org:" + category + "+" + page.number());
    element("generator", "Skerry");
    element(
        "updated", time(page.events().isEmpty() ? Instant.EPOCH : page.events().getLast().at()));
    for (Event event : page.events()) {
      entry(category, event);
    }
    out.writeEndElement();
    out.writeEndDocument();
  }

  private void entry(String category, Event event) throws XMLStreamException {
    out.writeStartElement("entry");
    element("title", event.title());
    category(event.action().name());
    category(category);
    if (event.filter().isPresent()) {
      category(event.filter().get());
    }
    element("id", "tag:atomfeed.ict4h.org:" + event.uuid());
    element("updated", time(event.at()));
    element("published", time(event.at()));
    out.writeStartElement("content");
    out.writeAttribute("type", CONTENT);
    out.writeCData(event.content());
    out.writeEndElement();
    out.writeEndElement();
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }

  private void category(String term) throws XMLStreamException {
    out.writeEmptyElement("category");
    out.writeAttribute("term", term);
  }

  private void link(String rel, String href) throws XMLStreamException {
    out.writeEmptyElement("link");
    out.writeAttribute("rel", rel);
    out.writeAttribute("type", TYPE);
    out.writeAttribute("href", href);
  }

  private void element(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(text);
    out.writeEndElement();
  }
}
