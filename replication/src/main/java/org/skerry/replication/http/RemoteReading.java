package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skerry.attachment.AttachmentDraft;
import org.skerry.attachment.AttachmentsJson;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.document.IncomingDocument;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.wire.JsonOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/**
 * Reads revisions of a peer: all that is JSON in one {@code _bulk_get}, and then, one by one and
 * streamed, those documents whose attachments the other end lacks.
 *
 * <p>A peer without {@code _bulk_get} (CouchDB 1, some of its relatives) is asked for every
 * document by itself.
 *
 * <p>What a peer gives beyond what it was asked for is passed over, as by CouchDB's replicator: it
 * may not belong to the replication. Nothing is lost with it, since whatever has no answer is asked
 * for by itself, and told as unreadable where it has none then.
 */
final class RemoteReading {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteReading.class);
  private static final int LARGEST_ROW = 256 * 1024 * 1024;

  /** Of rows that nobody asked for; one that goes on with them would be read for ever. */
  private static final int MOST_UNASKED = 10_000;

  /** How peers answer that do not know {@code _bulk_get}; CouchDB 1 wants a referer (400). */
  private static final Set<Integer> UNKNOWN = Set.of(400, 404, 405, 501);

  private final Calls calls;
  private final OpenRevs openRevs;
  private final AtomicBoolean unaskedSaid = new AtomicBoolean();

  /** Volatile: found out by one thread and asked by several; found out twice it is the same. */
  private volatile boolean withoutBulkGet;

  private final FailedTogether before = new FailedTogether();

  RemoteReading(Calls calls, boolean bulkGet) {
    this.calls = calls;
    this.withoutBulkGet = !bulkGet;
    this.openRevs = new OpenRevs(calls);
  }

  void fetch(List<MissingRevisions> wanted, FetchSink sink) {
    if (withoutBulkGet || !bulkGet(wanted, sink)) {
      wanted.forEach(one -> openRevs.fetch(one, sink));
    }
  }

  /** Returns whether the peer knows {@code _bulk_get}, and does not fail each time. */
  private boolean bulkGet(List<MissingRevisions> wanted, FetchSink sink) {
    Request request =
        Request.post("/_bulk_get?revs=true&latest=true&attachments=false", question(wanted));
    Map<String, Awaited> byId = new LinkedHashMap<>();
    wanted.forEach(one -> byId.put(one.id().text(), new Awaited(one)));
    List<MissingRevisions> attached = new ArrayList<>();
    List<DocId> documents = wanted.stream().map(MissingRevisions::id).toList();
    BrokenOff broken = new BrokenOff();
    boolean known;
    try {
      known =
          calls.call(
              request,
              answer -> {
                broken.answered();
                if (UNKNOWN.contains(answer.status())) {
                  withoutBulkGet = true;
                  return false;
                }
                if (!answer.isGood()) {
                  return failed(request, answer, documents);
                }
                int given = broken.reading(() -> readRows(answer, byId, sink, attached));
                before.wentThrough(documents);
                sink.readInBulk(wanted.stream().mapToInt(one -> one.revs().size()).sum(), given);
                return true;
              });
    } catch (PeerException e) {
      if (!broken.isOfTheAnswer(calls, e)) {
        throw e;
      }
      // What has attachments is asked for only behind all rows.
      int given = byId.values().stream().mapToInt(Awaited::given).sum() - attached.size();
      known = brokeOff(given > 0, documents, broken.told(calls, request, e));
    }
    if (known) {
      attached.forEach(one -> openRevs.fetch(one, sink));
      byId.values().forEach(one -> one.rest().ifPresent(rest -> openRevs.fetch(rest, sink)));
    }
    return known;
  }

  /**
   * A source may fail altogether, which is said, or stumble over one of many documents: the second
   * time in a row each is asked for by itself, so that the one is known.
   *
   * @return false, where that is to be tried
   */
  private boolean failed(Request request, Answer answer, List<DocId> documents) {
    if (answer.status() != 500 || !before.knows(documents)) {
      if (answer.status() == 500) {
        before.failed(documents);
      }
      throw calls.unexpected(request, answer);
    }
    return false;
  }

  /**
   * The same for an answer that breaks off: inside of one of the documents, perhaps. Those in front
   * of that are not asked for again, so the next answer is another one.
   *
   * @param gained whether there were any
   */
  private boolean brokeOff(boolean gained, List<DocId> documents, PeerException why) {
    if (gained || !before.knows(documents)) {
      if (!gained) {
        before.failed(documents);
      }
      throw why;
    }
    return false;
  }

  private static byte[] question(List<MissingRevisions> wanted) {
    return JsonOut.bytes(
        out -> {
          out.writeStartObject();
          out.writeArrayPropertyStart("docs");
          wanted.forEach(one -> one.revs().forEach(rev -> writeWanted(out, one.id(), rev)));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void writeWanted(JsonGenerator out, DocId id, RevId rev) {
    out.writeStartObject();
    out.writeStringProperty("id", id.text());
    out.writeStringProperty("rev", rev.toString());
    out.writeEndObject();
  }

  /** Returns how many revisions there were. */
  private int readRows(
      Answer answer, Map<String, Awaited> byId, FetchSink sink, List<MissingRevisions> attached)
      throws IOException {
    int given = 0;
    int unasked = 0;
    ResultSplitter rows = new ResultSplitter(answer.body(), LARGEST_ROW);
    for (Optional<byte[]> row = rows.next(); row.isPresent(); row = rows.next()) {
      Optional<BulkGetRow> read = BulkGetRow.read(row.get());
      if (read.isEmpty()) {
        continue; // It stays open, and is asked for by itself: only then is it known which it was.
      }
      BulkGetRow parsed = read.get();
      Awaited awaited = byId.get(parsed.id());
      if (awaited == null) {
        passOver(parsed.id(), ++unasked);
        continue;
      }
      for (BulkGetRow.Found found : parsed.found()) {
        switch (found) {
          case BulkGetRow.Good good when !good.id().equals(parsed.id()) ->
              passOver(good.id(), ++unasked);
          case BulkGetRow.Good good -> {
            give(awaited, good, sink, attached);
            given++;
          }
          case BulkGetRow.Bad bad when Refusal.mayBeFailure(bad.error()) -> {
            // It stays open, and is asked for by itself: a peer that still fails says so then.
            continue;
          }
          case BulkGetRow.Bad bad ->
              sink.unreadable(awaited.asked().id(), awaited.refused(bad.rev()), bad.reason());
        }
      }
    }
    return given;
  }

  private void passOver(String id, int count) throws IOException {
    if (!unaskedSaid.getAndSet(true)) {
      LOG.warn(
          "{} gives documents that nobody asked for, such as {}: they are passed over",
          calls.name(),
          id);
    }
    if (count > MOST_UNASKED) {
      throw new OddAnswerException("more and more documents that nobody asked for, such as " + id);
    }
  }

  private static void give(
      Awaited awaited, BulkGetRow.Good good, FetchSink sink, List<MissingRevisions> attached) {
    MissingRevisions asked = awaited.asked();
    try {
      FetchedRevision.AsJson revision =
          new FetchedRevision.AsJson(asked.id(), RevId.parse(good.rev()), good.json());
      awaited.came(revision);
      if (good.attached() && lacksBytes(asked, revision)) {
        attached.add(
            new MissingRevisions(asked.id(), List.of(revision.rev()), asked.possibleAncestors()));
      } else {
        sink.revision(revision);
      }
    } catch (InvalidRevIdException e) {
      return; // As one that is not understood.
    }
  }

  /**
   * Whether an attachment came after the newest revision that the other end has of this branch.
   * What says nothing of attachments that could be understood lacks none: it goes on as it is, and
   * whoever is to store it refuses it.
   */
  private static boolean lacksBytes(MissingRevisions asked, FetchedRevision.AsJson revision) {
    try {
      IncomingDocument document = revision.parse();
      return document.attachments().isPresent() && lacksBytes(asked, document);
    } catch (BadDocumentException | BadAttachmentException e) {
      return false;
    }
  }

  private static boolean lacksBytes(MissingRevisions asked, IncomingDocument document) {
    int newest =
        document.revisions().stream()
            .flatMap(path -> path.revisions().stream())
            .filter(asked.possibleAncestors()::contains)
            .findFirst()
            .map(RevId::generation)
            .orElse(0);
    return AttachmentsJson.read(document.attachments().orElseThrow()).stream()
        .anyMatch(
            draft ->
                !(draft instanceof AttachmentDraft.Stub stub)
                    || stub.revpos().orElse(Integer.MAX_VALUE) > newest);
  }
}
