package org.skerry.postgres.old;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes answers of XML-RPC. */
final class AnswerWriter {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss");

  private final XMLStreamWriter out;

  private AnswerWriter(XMLStreamWriter out) {
    this.out = out;
  }

  /** The answer to a call that was done. */
  static byte[] answer(Wire result) {
    return write(
        writer -> {
          writer.out.writeStartElement("params");
          writer.out.writeStartElement("param");
          writer.value(result);
          writer.out.writeEndElement();
          writer.out.writeEndElement();
        });
  }

  /** The answer to a call that was not. */
  static byte[] fault(int code, String text) {
    return write(
        writer -> {
          writer.out.writeStartElement("fault");
          writer.value(
              new Wire.Struct(
                  Map.of("faultCode", new Wire.Whole(code), "faultString", new Wire.Text(text))));
          writer.out.writeEndElement();
        });
  }

  /** What is between the ends of an answer. */
  @FunctionalInterface
  private interface Content {
    void write(AnswerWriter writer) throws XMLStreamException;
  }

  private static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement("methodResponse");
      content.write(new AnswerWriter(out));
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("an answer could not be written into memory", e);
    }
    return bytes.toByteArray();
  }

  private void value(Wire value) throws XMLStreamException {
    out.writeStartElement("value");
    switch (value) {
      case Wire.Nil nil -> out.writeEmptyElement("nil");
      case Wire.Text(String text) -> element("string", legal(text));
      case Wire.Whole(long number) ->
          element(number == (int) number ? "int" : "i8", Long.toString(number));
      case Wire.Real(String text) -> element("double", text);
      case Wire.Flag(boolean flag) -> element("boolean", flag ? "1" : "0");
      case Wire.Moment moment -> element("dateTime.iso8601", COMPACT.format(moment.time()));
      case Wire.Bytes(String base64) -> element("base64", base64);
      case Wire.Items items -> {
        out.writeStartElement("array");
        out.writeStartElement("data");
        for (Wire item : items.values()) {
          value(item);
        }
        out.writeEndElement();
        out.writeEndElement();
      }
      case Wire.Struct struct -> {
        out.writeStartElement("struct");
        for (Map.Entry<String, Wire> member : struct.members().entrySet()) {
          out.writeStartElement("member");
          element("name", legal(member.getKey()));
          value(member.getValue());
          out.writeEndElement();
        }
        out.writeEndElement();
      }
    }
    out.writeEndElement();
  }

  private void element(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(text);
    out.writeEndElement();
  }

  /** XML has no way to write most control characters: they are left out. */
  private static String legal(String text) {
    boolean isLegal = text.codePoints().allMatch(AnswerWriter::isLegal);
    if (isLegal) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(AnswerWriter::isLegal).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isLegal(int c) {
    return c >= ' ' && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF)
        || c == '\n'
        || c == '\t'
        || c == '\r';
  }
}
