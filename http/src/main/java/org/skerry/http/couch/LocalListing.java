package org.skerry.http.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments;
import org.skerry.store.LocalDocuments.LocalDocument;
import org.skerry.wire.JsonOut;
import org.skerry.wire.LocalJson;
import tools.jackson.databind.JsonNode;

/**
 * {@code _local_docs}. They are few (checkpoints of replications), so a range is found by looking
 * at all ids, page by page.
 */
final class LocalListing implements DocumentListing {
  private static final int PAGE = 256;

  private final LocalDocuments documents;

  LocalListing(LocalDocuments documents) {
    this.documents = documents;
  }

  @Override
  public Listed open(ListingRequest request) {
    return new Rows(request);
  }

  /** Neither total nor offset are known, as in CouchDB. */
  private final class Rows implements Listed {
    private final ListingRequest request;

    Rows(ListingRequest request) {
      this.request = request;
    }

    @Override
    public Optional<Long> total() {
      return Optional.empty();
    }

    @Override
    public Optional<Long> offset() {
      return Optional.empty();
    }

    @Override
    public Optional<String> updateSeq() {
      return Optional.empty();
    }

    @Override
    public void rows(RowSink sink) throws IOException {
      if (request.keys().isPresent()) {
        for (JsonNode key : request.keysShown()) {
          Optional<LocalDocument> found = id(key).flatMap(documents::get);
          if (found.isPresent()) {
            sink.row(row(found.get()));
          } else {
            sink.missing(key);
          }
        }
        return;
      }
      List<DocId> ids = ids();
      if (request.range().descending()) {
        Collections.reverse(ids);
      }
      for (DocId id : ids.stream().skip(request.skip()).limit(request.limit()).toList()) {
        Optional<LocalDocument> found = documents.get(id);
        if (found.isPresent()) {
          sink.row(row(found.get()));
        }
      }
    }

    private List<DocId> ids() {
      List<DocId> ids = new ArrayList<>();
      Optional<DocId> after = Optional.empty();
      List<LocalDocument> page;
      do {
        page = documents.list(after, PAGE);
        for (LocalDocument document : page) {
          after = Optional.of(document.id());
          if (request.range().contains(document.id().text())) {
            ids.add(document.id());
          }
        }
      } while (page.size() == PAGE);
      return ids;
    }

    private ListedRow row(LocalDocument document) {
      Optional<ListedRow.Shown> shown =
          request.documents().include()
              ? Optional.of(out -> out.raw(JsonOut.bytes(json -> LocalJson.write(json, document))))
              : Optional.empty();
      return new ListedRow(document.id(), LocalJson.rev(document.version()), false, shown);
    }
  }

  private static Optional<DocId> id(JsonNode key) {
    if (!key.isString()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DocId.of(key.asString())).filter(DocId::isLocal);
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
  }
}
