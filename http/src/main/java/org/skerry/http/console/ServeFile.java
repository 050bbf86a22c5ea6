package org.skerry.http.console;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.skerry.http.AcceptEncoding;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.AnswerHead.Header;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;

/** {@code GET /_utils/…}: one file, unless the client has it. */
final class ServeFile implements Endpoint {
  private final ConsoleFiles files;
  private final Function<Exchange, String> path;

  ServeFile(ConsoleFiles files, Function<Exchange, String> path) {
    this.files = files;
    this.path = path;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    ConsoleFile file =
        files.find(path.apply(exchange)).orElseThrow(() -> HttpProblem.notFound("missing"));
    ConsoleFile.Form form = AcceptEncoding.gzip(exchange) ? file.smallest() : file.plain();
    if (exchange.header("If-None-Match").filter(tags -> tags.contains(form.tag())).isPresent()) {
      exchange.answer(new Answer(head(304, form), new byte[0]));
      return;
    }
    AnswerHead head = head(200, form).with("Content-Type", file.type());
    exchange.answer(
        new Answer(
            form.encoding().isEmpty() ? head : head.with("Content-Encoding", form.encoding()),
            form.bytes()));
  }

  private AnswerHead head(int status, ConsoleFile.Form form) {
    AnswerHead head =
        Answer.empty(status)
            .head()
            .with("ETag", form.tag())
            // Asked for again each time, and answered with 304: a new version shows at once.
            .with("Cache-Control", "no-cache")
            .with("Vary", "Accept-Encoding");
    List<Header> rules = files.rules().headers();
    for (Header rule : rules) {
      head = head.with(rule.name(), rule.value());
    }
    return head;
  }
}
