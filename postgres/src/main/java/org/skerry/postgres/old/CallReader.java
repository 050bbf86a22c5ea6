package org.skerry.postgres.old;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a call of XML-RPC, with the extensions that Python's library writes. For one thread. */
final class CallReader {
  /** Deeper is no row. */
  private static final int DEEPEST = 20;

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss");

  /** The JDK's own; without DTDs and what they may name. */
  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private final XMLStreamReader in;

  private CallReader(XMLStreamReader in) {
    this.in = in;
  }

  /** A method's name, and what it is given. */
  record Call(String method, List<Wire> parameters) {}

  /**
   * Reads a call.
   *
   * @throws BadCallException when it is none
   */
  static Call read(InputStream xml) {
    try {
      return new CallReader(FACTORY.createXMLStreamReader(xml)).call();
    } catch (XMLStreamException e) {
      throw new BadCallException("no XML-RPC: " + e.getMessage());
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadCallException("a value that is none: " + e.getMessage());
    }
  }

  private Call call() throws XMLStreamException {
    String method = "";
    List<Wire> parameters = new ArrayList<>();
    boolean isCall = false;
    while (in.hasNext()) {
      if (in.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (in.getLocalName()) {
        case "methodCall" -> isCall = true;
        case "methodName" -> method = in.getElementText().strip();
        case "value" -> parameters.add(value(0));
        default -> {}
      }
    }
    if (!isCall || method.isEmpty()) {
      throw new BadCallException("no XML-RPC: there is no method");
    }
    return new Call(method, parameters);
  }

  /** The value whose element has begun; returns behind its end. */
  private Wire value(int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new BadCallException("values lie more than " + DEEPEST + " deep");
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (in.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(in.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          // Without a type it is a text.
          return new Wire.Text(text.toString());
        }
        case XMLStreamConstants.START_ELEMENT -> {
          Wire found = typed(in.getLocalName(), depth);
          toEnd();
          return found;
        }
        case XMLStreamConstants.END_DOCUMENT -> throw new BadCallException("a value has no end");
        default -> {}
      }
    }
  }

  /** Reads on behind the end of the element around. */
  private void toEnd() throws XMLStreamException {
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        throw new BadCallException("a value is two");
      }
    }
  }

  private Wire typed(String type, int depth) throws XMLStreamException {
    return switch (type) {
      case "array" -> array(depth);
      case "struct" -> struct(depth);
      case "string", "biginteger" -> new Wire.Text(in.getElementText());
      case "int", "i4", "i8" -> new Wire.Whole(Long.parseLong(in.getElementText().strip()));
      case "double" -> new Wire.Real(number(in.getElementText().strip()));
      case "boolean" -> new Wire.Flag(in.getElementText().strip().equals("1"));
      case "dateTime.iso8601" -> new Wire.Moment(moment(in.getElementText().strip()));
      case "base64" -> new Wire.Bytes(in.getElementText().replaceAll("\\s", ""));
      case "nil" -> {
        in.getElementText();
        yield Wire.NIL;
      }
      default -> throw new BadCallException("there is no type " + type);
    };
  }

  private static String number(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? text : Double.toString(value);
  }

  /** Python writes {@code 20260301T12:00:00}; others write dashes, and fractions. */
  private static LocalDateTime moment(String text) {
    return text.indexOf('-') > 0 ? LocalDateTime.parse(text) : LocalDateTime.parse(text, COMPACT);
  }

  private Wire array(int depth) throws XMLStreamException {
    List<Wire> values = new ArrayList<>();
    int open = 1;
    while (open > 0) {
      int event = in.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      } else if (event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals("value")) {
        values.add(value(depth + 1));
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        open++;
      }
    }
    return new Wire.Items(values);
  }

  private Wire struct(int depth) throws XMLStreamException {
    Map<String, Wire> members = new LinkedHashMap<>();
    String name = "";
    int open = 1;
    while (open > 0) {
      int event = in.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        open--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (in.getLocalName()) {
          case "name" -> name = in.getElementText();
          case "value" -> members.put(name, value(depth + 1));
          default -> open++;
        }
      }
    }
    return new Wire.Struct(members);
  }
}
