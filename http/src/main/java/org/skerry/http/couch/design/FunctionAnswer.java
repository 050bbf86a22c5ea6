package org.skerry.http.couch.design;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.AnswerHead.Header;
import org.skerry.http.HttpProblem;
import tools.jackson.databind.JsonNode;

/**
 * An answer as a function describes it ({@code chttpd_external:parse_external_response}): {@code
 * code}, {@code headers}, and one of {@code body}, {@code json} and {@code base64}.
 */
final class FunctionAnswer {
  /** They say how an answer is sent, which is the server's own affair. */
  private static final Set<String> OURS =
      Set.of("content-length", "transfer-encoding", "connection", "date", "server", "trailer");

  private int status;
  private String type = "application/json";
  private byte[] body = new byte[0];
  private final List<Header> headers = new ArrayList<>();

  private FunctionAnswer(int status) {
    this.status = status;
  }

  /**
   * The answer.
   *
   * @param status unless the function says another
   * @param more headers that the function does not replace
   */
  static Answer of(JsonNode response, int status, List<Header> more) {
    FunctionAnswer answer = new FunctionAnswer(status);
    for (Map.Entry<String, JsonNode> member : response.properties()) {
      answer.read(member.getKey(), member.getValue());
    }
    return answer.with(more);
  }

  private void read(String name, JsonNode value) {
    switch (name) {
      case "code" -> status = code(value);
      case "json" -> content("application/json", value + "\n");
      case "body" -> content("text/html; charset=utf-8", value.asString(value.toString()));
      case "base64" -> {
        type = "application/binary";
        body = decoded(value.asString(""));
      }
      case "headers" -> value.properties().forEach(h -> header(h.getKey(), h.getValue()));
      case "stop" -> {}
      default -> throw invalid(name);
    }
  }

  private static int code(JsonNode value) {
    int code = value.asInt(0);
    if (code < 200 || code > 599) {
      throw invalid("code");
    }
    return code;
  }

  private void content(String contentType, String text) {
    type = contentType;
    body = text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid("base64");
    }
  }

  private void header(String name, JsonNode value) {
    String text = value.isString() ? value.asString() : value.toString();
    boolean clean =
        name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
            && text.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    if (!clean) {
      throw invalid("headers");
    }
    if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
      headers.add(new Header(name, text));
    }
  }

  private static HttpProblem invalid(String member) {
    return new HttpProblem(
        500, "external_response_error", "Invalid data from external server: " + member);
  }

  private Answer with(List<Header> more) {
    List<Header> all = new ArrayList<>(more);
    boolean typed = false;
    for (Header header : headers) {
      boolean replaced = more.stream().anyMatch(one -> one.name().equalsIgnoreCase(header.name()));
      typed |= header.name().equalsIgnoreCase("Content-Type");
      if (!replaced) {
        all.add(header);
      }
    }
    if (!typed) {
      all.add(new Header("Content-Type", type));
    }
    return new Answer(new AnswerHead(status, all, OptionalLong.empty()), body);
  }
}
