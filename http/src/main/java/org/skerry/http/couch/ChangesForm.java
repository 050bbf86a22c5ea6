package org.skerry.http.couch;

import java.nio.charset.StandardCharsets;
import org.skerry.http.AnswerHead;
import org.skerry.wire.RawJson;
import tools.jackson.core.JsonGenerator;

/** How a feed looks around its rows. One row a line in each: some clients read line by line. */
enum ChangesForm {
  /** One object with all rows. */
  LIST {
    @Override
    AnswerHead head() {
      return AnswerHead.json(200);
    }

    @Override
    void begin(JsonGenerator out) {
      out.writeRaw("{\"results\":[\n");
    }

    @Override
    void beforeRow(JsonGenerator out, boolean first) {
      if (!first) {
        out.writeRaw(COMMA);
      }
    }

    @Override
    void afterRow(JsonGenerator out, String seq) {}

    @Override
    void end(JsonGenerator out, String lastSeq, long pending) {
      out.writeRaw("\n],\n\"last_seq\":\"" + lastSeq + "\",\"pending\":" + pending + "}\n");
    }
  },

  /** An object a line. */
  LINES {
    @Override
    AnswerHead head() {
      return AnswerHead.json(200);
    }

    @Override
    void begin(JsonGenerator out) {}

    @Override
    void beforeRow(JsonGenerator out, boolean first) {}

    @Override
    void afterRow(JsonGenerator out, String seq) {
      out.writeRaw('\n');
    }

    @Override
    void end(JsonGenerator out, String lastSeq, long pending) {
      out.writeRaw("{\"last_seq\":\"" + lastSeq + "\",\"pending\":" + pending + "}\n");
    }
  },

  /** Server-sent events (WHATWG HTML, "Server-sent events"). */
  EVENTS {
    @Override
    AnswerHead head() {
      return AnswerHead.of(200, "text/event-stream").with("Cache-Control", "no-cache");
    }

    @Override
    void begin(JsonGenerator out) {}

    @Override
    void beforeRow(JsonGenerator out, boolean first) {
      out.writeRaw("data: ");
    }

    @Override
    void afterRow(JsonGenerator out, String seq) {
      out.writeRaw("\nid: \"" + seq + "\"\n\n");
    }

    @Override
    void end(JsonGenerator out, String lastSeq, long pending) {}

    @Override
    void heartbeat(JsonGenerator out) {
      out.writeRaw("event: heartbeat\ndata: \n\n");
    }
  };

  private static final RawJson COMMA = RawJson.of(",\r\n".getBytes(StandardCharsets.US_ASCII));

  abstract AnswerHead head();

  abstract void begin(JsonGenerator out);

  abstract void beforeRow(JsonGenerator out, boolean first);

  abstract void afterRow(JsonGenerator out, String seq);

  abstract void end(JsonGenerator out, String lastSeq, long pending);

  /** Says that nothing happened. */
  void heartbeat(JsonGenerator out) {
    out.writeRaw('\n');
  }
}
