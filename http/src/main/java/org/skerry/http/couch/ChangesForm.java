package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.changes.SinceTokens;
import org.skerry.http.AnswerHead;
import org.skerry.store.Seq;

/** How a feed looks around its rows. One row a line in each: some clients read line by line. */
enum ChangesForm {
  /** One object with all rows. */
  LIST {
    @Override
    AnswerHead head() {
      return AnswerHead.json(200);
    }

    @Override
    void begin(RowOut out) throws IOException {
      out.raw("{\"results\":[\n");
    }

    @Override
    void beforeRow(RowOut out, boolean first) throws IOException {
      if (!first) {
        out.raw(",\r\n");
      }
    }

    @Override
    void afterRow(RowOut out, Seq seq, SinceTokens tokens) throws IOException {}

    @Override
    void end(RowOut out, String lastSeq, long pending) throws IOException {
      out.raw("\n],\n\"last_seq\":\"" + lastSeq + "\",\"pending\":" + pending + "}\n");
    }
  },

  /** An object a line. */
  LINES {
    @Override
    AnswerHead head() {
      return AnswerHead.json(200);
    }

    @Override
    void begin(RowOut out) throws IOException {}

    @Override
    void beforeRow(RowOut out, boolean first) throws IOException {}

    @Override
    void afterRow(RowOut out, Seq seq, SinceTokens tokens) throws IOException {
      out.write('\n');
    }

    @Override
    void end(RowOut out, String lastSeq, long pending) throws IOException {
      out.raw("{\"last_seq\":\"" + lastSeq + "\",\"pending\":" + pending + "}\n");
    }
  },

  /** Server-sent events (WHATWG HTML, "Server-sent events"). */
  EVENTS {
    @Override
    AnswerHead head() {
      return AnswerHead.of(200, "text/event-stream").with("Cache-Control", "no-cache");
    }

    @Override
    void begin(RowOut out) throws IOException {}

    @Override
    void beforeRow(RowOut out, boolean first) throws IOException {
      out.raw("data: ");
    }

    @Override
    void afterRow(RowOut out, Seq seq, SinceTokens tokens) throws IOException {
      out.raw("\nid: \"");
      out.number(seq.number());
      out.raw(tokens.suffix(seq));
      out.raw("\"\n\n");
    }

    @Override
    void end(RowOut out, String lastSeq, long pending) throws IOException {}

    @Override
    void heartbeat(RowOut out) throws IOException {
      out.raw("event: heartbeat\ndata: \n\n");
    }
  };

  abstract AnswerHead head();

  abstract void begin(RowOut out) throws IOException;

  abstract void beforeRow(RowOut out, boolean first) throws IOException;

  abstract void afterRow(RowOut out, Seq seq, SinceTokens tokens) throws IOException;

  abstract void end(RowOut out, String lastSeq, long pending) throws IOException;

  /** Says that nothing happened. */
  void heartbeat(RowOut out) throws IOException {
    out.write('\n');
  }
}
