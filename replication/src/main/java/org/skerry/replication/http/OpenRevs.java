package org.skerry.replication.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.attachment.AttachmentsJson;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.BadDocumentException;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.document.DocId;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.json.JsonIn;
import org.skerry.multipart.HeaderValue;
import org.skerry.multipart.MultipartReader;
import org.skerry.multipart.Part;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.PeerException;
import org.skerry.revision.RevId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one document with {@code open_revs}, attachments and all. The answer is a multipart of
 * documents, of which those with attachments are multiparts themselves; a peer that knows no
 * multipart answers with JSON and base64.
 *
 * <p>A peer that does not know {@code open_revs} either is asked for one revision after the other
 * ({@code rev}): it answers 400, or passes the word over and answers with one document. CouchDB
 * answers 400 to a name that it does not take, and does so again then.
 */
final class OpenRevs {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final DocumentLimits ANY = new DocumentLimits(Integer.MAX_VALUE - 8, 500);
  private static final int LARGEST_DOCUMENT = 256 * 1024 * 1024;

  /** What says that a document is not there; another reason says so of its database. */
  private static final Set<String> ABSENT = Set.of("not_found: missing", "not_found: deleted");

  private static final String NOT_GIVEN = "listed, and not given";

  /** Revisions in one URL, twice; CouchDB reads lines of 8 KB. */
  private static final int MOST_NAMED = 60;

  private final Calls calls;

  OpenRevs(Calls calls) {
    this.calls = calls;
  }

  void fetch(MissingRevisions wanted, FetchSink sink) {
    List<RevId> revs = wanted.revs();
    for (int from = 0; from < revs.size(); from += MOST_NAMED) {
      List<RevId> some = revs.subList(from, Math.min(revs.size(), from + MOST_NAMED));
      fetchSome(new MissingRevisions(wanted.id(), some, wanted.possibleAncestors()), sink);
    }
  }

  private void fetchSome(MissingRevisions wanted, FetchSink sink) {
    StringBuilder path = new StringBuilder(Paths.of(wanted.id()));
    path.append("?revs=true&latest=true&attachments=true&open_revs=").append(list(wanted.revs()));
    List<RevId> ancestors = wanted.possibleAncestors();
    if (!ancestors.isEmpty()) {
      // Where one is not said, bytes come that the other end has.
      List<RevId> some = ancestors.subList(0, Math.min(ancestors.size(), MOST_NAMED));
      path.append("&atts_since=").append(list(some));
    }
    Request request =
        Request.get(path.toString()).accepting("multipart/mixed, application/json;q=0.5");
    boolean known =
        ask(
            request,
            wanted,
            sink,
            (answer, broken) -> {
              if (answer.isGood()) {
                return broken.reading(() -> read(answer, wanted, broken, sink));
              }
              if (answer.status() == 400) {
                return false;
              }
              refused(request, answer, wanted, sink);
              return true;
            });
    if (!known) {
      wanted.revs().forEach(rev -> fetchOne(wanted.id(), rev, sink));
    }
  }

  /** A peer that passes over {@code rev}, too, gives the winner. It has said nothing of others. */
  private void fetchOne(DocId id, RevId rev, FetchSink sink) {
    MissingRevisions one = new MissingRevisions(id, List.of(rev), List.of());
    Request request =
        Request.get(Paths.of(id) + "?revs=true&latest=true&attachments=true&rev=" + rev);
    ask(
        request,
        one,
        sink,
        (answer, broken) -> {
          if (answer.isGood()) {
            Awaited awaited = new Awaited(one);
            byte[] json = broken.reading(() -> alone(id, answer));
            passedOver(awaited, given(awaited, json, sink), sink);
          } else {
            refused(request, answer, one, sink);
          }
          return true;
        });
  }

  private static byte[] alone(DocId id, Answer answer) throws IOException {
    byte[] json = bytes(answer.body());
    if (!MAPPER.readTree(json).path("_rev").isString()) {
      // Nothing says that it is the document, or all of it: it is asked for again.
      throw new OddAnswerException("a document without _rev: " + id);
    }
    return json;
  }

  /** Reads what a document's request is answered. */
  @FunctionalInterface
  private interface Reading {
    boolean read(Answer answer, BrokenOff broken) throws IOException;
  }

  /**
   * Asks for a document. An answer that breaks off, or never comes, may do so each time (a source
   * that stumbles over what it sends, or a line that never stands as long as a large attachment
   * takes), and others can be asked for: whether the line is down they will tell.
   */
  private boolean ask(Request request, MissingRevisions wanted, FetchSink sink, Reading reading) {
    BrokenOff broken = new BrokenOff();
    try {
      return calls.call(
          request,
          answer -> {
            broken.answered();
            return reading.read(answer, broken);
          });
    } catch (PeerException e) {
      if (!broken.isOfTheAnswer(calls, e)) {
        throw e;
      }
      sink.failing(wanted.id(), wanted.revs(), broken.told(calls, request, e));
      return true;
    }
  }

  private void refused(Request request, Answer answer, MissingRevisions wanted, FetchSink sink) {
    String said = Calls.said(answer);
    if (Refusals.mayBeOfTheDocument(answer.status())) {
      sink.failing(wanted.id(), wanted.revs(), calls.unexpected(request, answer, said));
      return;
    }
    if (!isAboutTheDocument(answer.status(), said)) {
      throw calls.unexpected(request, answer, said);
    }
    wanted.revs().forEach(rev -> sink.unreadable(wanted.id(), rev, said));
  }

  /** It is not there, or its name is none that the peer takes in a URL. */
  private static boolean isAboutTheDocument(int status, String said) {
    return switch (status) {
      case 404 -> ABSENT.contains(said);
      case 400, 414, 431 -> true;
      default -> false;
    };
  }

  private static String list(List<RevId> revs) {
    return Paths.encode(
        revs.stream().map(rev -> "\"" + rev + "\"").collect(Collectors.joining(",", "[", "]")));
  }

  /** Returns whether the peer knows {@code open_revs}. */
  private static boolean read(
      Answer answer, MissingRevisions wanted, BrokenOff broken, FetchSink sink) throws IOException {
    Awaited awaited = new Awaited(wanted);
    Optional<String> why = Optional.empty();
    HeaderValue type = HeaderValue.parse(answer.contentType());
    if (type.isMultipart()) {
      MultipartReader documents = MultipartReader.of(answer.body(), type);
      for (Optional<Part> part = documents.next(); part.isPresent(); part = documents.next()) {
        Optional<String> said =
            part.get().isMultipart()
                ? readRelated(awaited, part.get().nested(), broken, sink)
                : readPart(part.get(), awaited, sink);
        why = said.isPresent() ? said : why;
      }
    } else {
      JsonNode rows = MAPPER.readTree(bytes(answer.body()));
      if (!rows.isArray()) {
        return false;
      }
      why = readJson(rows, awaited, sink);
    }
    passedOver(awaited, why, sink);
    return true;
  }

  private static void passedOver(Awaited awaited, Optional<String> why, FetchSink sink) {
    awaited
        .rest()
        .ifPresent(
            rest ->
                rest.revs().forEach(rev -> sink.unreadable(rest.id(), rev, why.orElse(NOT_GIVEN))));
  }

  /**
   * A document without bytes that follow, or word of one that is not there.
   *
   * @return why it is not understood, if it is not
   */
  private static Optional<String> readPart(Part part, Awaited awaited, FetchSink sink)
      throws IOException {
    byte[] json = bytes(part.body());
    boolean error =
        part.headers().contentType().flatMap(type -> type.parameter("error")).isPresent();
    if (error) {
      missing(MAPPER.readTree(json), awaited, sink);
      return Optional.empty();
    }
    return given(awaited, json, sink);
  }

  /**
   * A whole document. What is not understood comes so each time: it stays open, and is told of with
   * what was passed over.
   *
   * @return why it is not understood, if it is not
   */
  private static Optional<String> given(Awaited awaited, byte[] json, FetchSink sink) {
    FetchedRevision revision;
    try {
      revision = named(awaited, json);
    } catch (BadDocumentException | BadAttachmentException e) {
      return notUnderstood(e);
    }
    sink.revision(revision);
    return Optional.empty();
  }

  private static Optional<String> notUnderstood(RuntimeException e) {
    return Optional.of("not understood: " + e.getMessage());
  }

  private static void missing(JsonNode said, Awaited awaited, FetchSink sink) {
    RevId rev = awaited.refused(said.path("missing").asString(""));
    sink.unreadable(awaited.asked().id(), rev, said.path("reason").asString("missing"));
  }

  private static Optional<String> readRelated(
      Awaited awaited, MultipartReader parts, BrokenOff broken, FetchSink sink) throws IOException {
    Part document =
        parts.next().orElseThrow(() -> new OddAnswerException("a multipart without its document"));
    FetchedRevision revision;
    try {
      revision = named(awaited, bytes(document.body()));
    } catch (BadDocumentException | BadAttachmentException e) {
      return notUnderstood(e);
    }
    sink.withAttachments(
        revision, name -> broken.watched(broken.reading(() -> attachment(parts, name))));
    // To the end, so that the documents behind it can be read; what was refused is passed over.
    while (parts.next().isPresent()) {
      continue;
    }
    return Optional.empty();
  }

  private static InputStream attachment(MultipartReader parts, String name) throws IOException {
    return parts
        .next()
        .map(Part::body)
        .orElseThrow(
            () -> new OddAnswerException("the bytes of attachment " + name + " are not there"));
  }

  private static byte[] bytes(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_DOCUMENT);
    if (bytes.length == LARGEST_DOCUMENT) {
      throw new OddAnswerException("a document is larger than " + LARGEST_DOCUMENT + " bytes");
    }
    return bytes;
  }

  /**
   * The document's name.
   *
   * @throws BadDocumentException when it is none that anybody could store, or another than was
   *     asked for
   * @throws BadAttachmentException when what it says of attachments is nothing
   */
  private static FetchedRevision.AsJson named(Awaited awaited, byte[] json) {
    IncomingDocument document = DocumentReader.read(json, ANY);
    document.attachments().ifPresent(AttachmentsJson::read);
    DocId id = awaited.asked().id();
    if (document.id().filter(id.text()::equals).isEmpty()) {
      throw new BadDocumentException(Kind.BAD_ID, "a document of another name");
    }
    RevId rev =
        document
            .rev()
            .orElseThrow(() -> new BadDocumentException(Kind.BAD_REV, "a document without _rev"));
    FetchedRevision.AsJson revision = new FetchedRevision.AsJson(id, rev, json);
    awaited.came(revision);
    return revision;
  }

  /** {@code [{"ok": document}, {"missing": rev}]}, attachments as base64. */
  private static Optional<String> readJson(JsonNode rows, Awaited awaited, FetchSink sink) {
    Optional<String> why = Optional.empty();
    for (JsonNode row : rows) {
      if (row.path("ok").isObject()) {
        Optional<String> said = given(awaited, MAPPER.writeValueAsBytes(row.path("ok")), sink);
        why = said.isPresent() ? said : why;
      } else {
        missing(row, awaited, sink);
      }
    }
    return why;
  }
}
