package org.skerry.fhir.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.skerry.fhir.attached.Inline;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.fhir.resource.Tokens;
import org.skerry.http.AnswerHead;

/**
 * A resource as an answer of its own: with all that it has, also what is kept beside it, which
 * streams in bounded memory.
 */
public final class Whole {
  private Whole() {}

  /** Answers with a resource; within a bundle it says where its data are. */
  static void answer(Call call, int status, ResourceText resource, List<AnswerHead.Header> headers)
      throws IOException {
    if (resource.attached().isEmpty()) {
      call.answer(status, resource.json(), headers);
      return;
    }
    if (!call.alone()) {
      call.answer(status, resource.versionJson(call.base()), headers);
      return;
    }
    Format format = Formats.wanted(call.exchange());
    Tokens tokens = resource.tokens();
    AnswerHead head = AnswerHead.of(status, format.contentType());
    for (AnswerHead.Header header : headers) {
      head = head.with(header.name(), header.value());
    }
    send(call, head, Inline.of(tokens, call.text(format, tokens.json()), resource));
  }

  /** Sends a resource with data in it. */
  public static void send(Call call, AnswerHead head, Inline resource) throws IOException {
    try (InputStream all = resource.open(call.database().store().attachments())) {
      OutputStream out = call.exchange().stream(head.withLength(resource.length()));
      if (!call.exchange().isHead()) {
        all.transferTo(out);
      }
      out.close();
    }
  }
}
