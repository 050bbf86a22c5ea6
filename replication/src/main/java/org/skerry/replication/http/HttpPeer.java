package org.skerry.replication.http;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.fingerprint.Side;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.ChangesPage;
import org.skerry.replication.peer.ChangesQuery;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FilterName;
import org.skerry.replication.peer.FilterSource;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.LiveChanges;
import org.skerry.replication.peer.LocalRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerInfo;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.RevisionQuery;
import tools.jackson.databind.JsonNode;

/** A database that answers CouchDB's API. */
final class HttpPeer implements Peer {
  private final Calls calls;
  private final Endpoint.Remote endpoint;
  private final RemoteReading reading;
  private final RemoteWriting writing;
  private final BulkDocs bulk;
  private final Pools.Lease lease;

  HttpPeer(Calls calls, Endpoint.Remote endpoint, Pools.Lease lease) {
    this.calls = calls;
    this.endpoint = endpoint;
    this.lease = lease;
    this.reading = new RemoteReading(calls, endpoint.manner().bulkGet());
    this.writing = new RemoteWriting(calls);
    this.bulk = new BulkDocs(calls);
  }

  Calls calls() {
    return calls;
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public String identity() {
    return endpoint.credentials().map(known -> known.user() + "@").orElse("") + endpoint.url();
  }

  @Override
  public Optional<PeerInfo> info() {
    Request request = Request.get("");
    return calls.call(
        request,
        answer -> {
          if (answer.status() == 404) {
            return Optional.empty();
          }
          JsonNode json = good(request, answer).json();
          return Optional.of(
              new PeerInfo(SeqText.of(json.path("update_seq")), instance(json), site(json)));
        });
  }

  /** Skerry says so; CouchDB has no sites. */
  private static Optional<String> site(JsonNode json) {
    JsonNode site = json.path("subset").path("site");
    return site.isString() ? Optional.of(site.asString()) : Optional.empty();
  }

  /** Old CouchDBs always say 0, which says nothing. */
  private static String instance(JsonNode json) {
    String instance = json.path("instance_start_time").asString("");
    return instance.equals("0") ? "" : instance;
  }

  private Answer good(Request request, Answer answer) {
    if (!answer.isGood()) {
      throw calls.unexpected(request, answer);
    }
    return answer;
  }

  @Override
  public boolean create() {
    Request request = Request.put(Paths.query(endpoint.manner().creation()));
    return calls.call(request, answer -> answer.status() != 412 && good(request, answer).isGood());
  }

  @Override
  public Optional<String> filterSource(FilterName filter) {
    Request request = Request.get(Paths.of(DocId.of("_design/" + filter.design())));
    return calls.call(
        request,
        answer ->
            answer.status() == 404
                ? Optional.empty()
                : FilterSource.of(good(request, answer).bytes(), filter.function()));
  }

  @Override
  public Optional<LocalRevision> checkpoint(String id) {
    Request request = Request.get(Paths.of(DocId.of("_local/" + id)));
    return calls.call(
        request,
        answer -> {
          if (answer.status() == 404) {
            return Optional.empty();
          }
          byte[] bytes = good(request, answer).bytes();
          return LocalJson.read(bytes, answer.updateSeq());
        });
  }

  @Override
  public Optional<String> writeCheckpoint(String id, Optional<String> seen, byte[] json) {
    DocId document = DocId.of("_local/" + id);
    Request request =
        Request.put(Paths.of(document), Request.json(LocalJson.write(document, seen, json)));
    return calls.call(
        request,
        answer ->
            answer.status() == 409
                ? Optional.empty()
                : Optional.of(good(request, answer).json().path("rev").asString("")));
  }

  @Override
  public ChangesPage changes(ChangesQuery query) {
    Request request = ChangesRequests.page(query);
    return calls.call(
        request, answer -> ChangesReader.page(good(request, answer).body(), query, answer::leave));
  }

  @Override
  public LiveChanges follow(ChangesQuery query) {
    return new RemoteChanges(calls, query);
  }

  @Override
  public List<MissingRevisions> missing(List<RevisionQuery> queries) {
    Request request = Request.post("/_revs_diff", RevsDiffJson.question(queries));
    return calls.call(
        request, answer -> RevsDiffJson.answer(good(request, answer).bytes(), queries));
  }

  @Override
  public void fetch(List<MissingRevisions> wanted, FetchSink sink) {
    reading.fetch(wanted, sink);
  }

  @Override
  public List<Refusal> write(List<FetchedRevision> revisions) {
    return bulk.write(revisions);
  }

  @Override
  public Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    return writing.write(revision, bytes);
  }

  @Override
  public String ensureFullCommit() {
    Request request = Request.post("/_ensure_full_commit", new byte[] {'{', '}'});
    return calls.call(
        request,
        answer -> {
          if (answer.status() == 404 || answer.status() == 405) {
            // PouchDB's server has no such thing: what it answered is durable.
            return "";
          }
          return instance(good(request, answer).json());
        });
  }

  @Override
  public Optional<Side> fingerprints() {
    return Optional.of(new RemoteSide(calls));
  }

  @Override
  public void close() {
    // The connections belong to the pool: others use them, too.
    lease.close();
  }
}
