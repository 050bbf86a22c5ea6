package org.skerry.fhir.rest.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Format;

/** A Binary without its content: what stands before it and behind it. The content is its last. */
record Around(byte[] before, byte[] behind) {
  static Around of(Call call, ResourceText text, Format format) {
    byte[] json = text.json();
    return switch (format) {
      case JSON -> cut(json, json.length - 1, ",\"data\":\"", "\"}");
      case XML -> {
        byte[] xml = call.models().xml(json);
        String end = "</Binary>";
        yield cut(xml, xml.length - end.length(), "<data value=\"", "\"/>" + end);
      }
    };
  }

  private static Around cut(byte[] text, int end, String begin, String behind) {
    byte[] opening = begin.getBytes(StandardCharsets.UTF_8);
    byte[] before = Arrays.copyOf(text, end + opening.length);
    System.arraycopy(opening, 0, before, end, opening.length);
    return new Around(before, behind.getBytes(StandardCharsets.UTF_8));
  }
}
