package org.skerry.http.couch.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentForm;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.PlainDocument;

/**
 * {@code GET /db/doc}: the winner, or a revision by name. {@code open_revs} is {@link OpenRevs}'
 * work.
 */
final class GetDocument implements DatabaseEndpoint {
  private final DocumentPath path;
  private final OpenRevs openRevs;

  GetDocument(DocumentPath path, OpenRevs openRevs) {
    this.path = path;
    this.openRevs = openRevs;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    DocId id = path.id(exchange);
    database.countReads(1);
    if (exchange.query().has("open_revs")) {
      openRevs.handle(exchange, database, id);
      return;
    }
    ReadOptions options = ReadOptions.of(exchange.query());
    DocumentReading reading = new DocumentReading(database.store());
    Optional<RevId> rev = ReadOptions.rev(exchange.query());
    Shown shown =
        rev.isPresent() ? named(reading, id, rev.get(), options) : winner(reading, id, options);
    answer(exchange, database, shown, options);
  }

  /** A revision with what is shown beside it. */
  private record Shown(
      DocId id, StoredRevision revision, DocumentExtras extras, Optional<Found> found) {}

  private static Shown winner(DocumentReading reading, DocId id, ReadOptions options) {
    Fields fields = new Fields(options.needsPath(), Fields.Bodies.WINNER);
    StoredDocument document = reading.live(id, fields);
    StoredRevision revision =
        document
            .revision(document.winner().rev())
            .orElseThrow(() -> HttpProblem.notFound("missing"));
    Optional<Found> found =
        document
            .tree()
            .flatMap(tree -> tree.path(revision.rev()))
            .map(branch -> new Found(revision, branch));
    return new Shown(id, revision, reading.extras(document, options), found);
  }

  private static Shown named(DocumentReading reading, DocId id, RevId rev, ReadOptions options) {
    RevId wanted = options.latest() ? reading.latest(id, List.of(rev)).getFirst() : rev;
    Found found = reading.revision(id, wanted).orElseThrow(() -> HttpProblem.notFound("missing"));
    DocumentExtras extras =
        options.revs() ? DocumentExtras.NONE.withRevisions(found.path()) : DocumentExtras.NONE;
    return new Shown(id, found.revision(), extras, Optional.of(found));
  }

  private static void answer(Exchange exchange, Database database, Shown shown, ReadOptions options)
      throws IOException {
    String tag = Revs.tag(shown.revision.rev());
    if (!options.showsMore() && Revs.clientHas(exchange, tag)) {
      exchange.answer(Answer.empty(304).with("ETag", tag));
      return;
    }
    if (options.attachments() && !shown.revision.attachments().isEmpty()) {
      answerWithAttachments(exchange, database, shown, options);
      return;
    }
    Answer answer = answer(shown, options);
    exchange.answer(options.showsMore() ? answer : answer.with("ETag", tag));
  }

  private static Answer answer(Shown shown, ReadOptions options) {
    if (!options.showsExtras() && shown.revision.attachments().isEmpty()) {
      return Answer.json(200, PlainDocument.line(shown.id, shown.revision));
    }
    DocumentExtras extras =
        shown.extras.withAttachments(AttachmentForm.STUBS, options.encodingInfo());
    return JsonAnswer.of(200, out -> DocumentJson.write(out, shown.id, shown.revision, extras));
  }

  private static void answerWithAttachments(
      Exchange exchange, Database database, Shown shown, ReadOptions options) throws IOException {
    var which =
        shown
            .found
            .map(found -> DocumentReading.lacking(found.path(), options.attsSince()))
            .orElse(attachment -> true);
    Optional<String> tag =
        options.showsMore() ? Optional.empty() : Optional.of(Revs.tag(shown.revision.rev()));
    boolean follow = shown.revision.attachments().stream().anyMatch(which);
    if (follow && Accepts.type(exchange, "multipart/related")) {
      RelatedDocument related = new RelatedDocument(shown.id, shown.revision, shown.extras, which);
      related.answer(exchange, database.store().attachments(), tag);
      return;
    }
    AttachmentForm inline = new AttachmentForm.Inline(database.store().attachments(), which);
    DocumentExtras extras = shown.extras.withAttachments(inline, options.encodingInfo());
    AnswerHead head = AnswerHead.json(200);
    JsonStream.send(
        exchange,
        tag.map(name -> head.with("ETag", name)).orElse(head),
        out -> DocumentJson.write(out, shown.id, shown.revision, extras));
  }
}
