package org.skerry.fhir.outcome;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/** OperationOutcomes as text. */
public final class OutcomeText {
  private static final Pattern UNSPEAKABLE =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

  private OutcomeText() {}

  /** In JSON. */
  public static byte[] json(List<Issue> issues) {
    StringBuilder out = new StringBuilder(200);
    out.append("{\"resourceType\":\"OperationOutcome\",\"issue\":[");
    String separator = "";
    for (Issue issue : issues) {
      out.append(separator).append("{\"severity\":\"").append(severity(issue));
      out.append("\",\"code\":\"").append(issue.code());
      out.append("\",\"diagnostics\":\"").append(quoted(issue.diagnostics())).append('"');
      issue
          .expression()
          .ifPresent(path -> out.append(",\"expression\":[\"").append(quoted(path)).append("\"]"));
      out.append('}');
      separator = ",";
    }
    return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** In XML. */
  public static byte[] xml(List<Issue> issues) {
    StringBuilder out = new StringBuilder(200);
    out.append("<OperationOutcome xmlns=\"http://hl7.org/fhir\">");
    for (Issue issue : issues) {
      out.append("<issue>");
      element(out, "severity", severity(issue));
      element(out, "code", issue.code());
      element(out, "diagnostics", issue.diagnostics());
      issue.expression().ifPresent(path -> element(out, "expression", path));
      out.append("</issue>");
    }
    return out.append("</OperationOutcome>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void element(StringBuilder out, String name, String value) {
    out.append('<').append(name).append(" value=\"");
    speakable(value).codePoints().forEach(c -> escape(out, c));
    out.append("\"/>");
  }

  /**
   * XML has no way to say most control characters; and an outcome in JSON may stand in a bundle
   * that becomes XML.
   */
  private static String speakable(String text) {
    return UNSPEAKABLE.matcher(text).replaceAll("?");
  }

  private static void escape(StringBuilder out, int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\n' -> out.append("&#10;");
      case '\t' -> out.append("&#9;");
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(c);
    }
  }

  private static String severity(Issue issue) {
    return issue.severity().name().toLowerCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsCharArray(speakable(text)));
  }
}
