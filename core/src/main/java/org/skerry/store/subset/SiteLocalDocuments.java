package org.skerry.store.subset;

import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.LocalDocuments;

/**
 * Local documents of a site, apart from everybody else's: its own, such as its checkpoints, or what
 * is kept for it.
 */
final class SiteLocalDocuments implements LocalDocuments {
  private static final String LOCAL = "_local/";

  private final LocalDocuments all;
  private final String prefix;

  SiteLocalDocuments(LocalDocuments all, String kind, String site) {
    this.all = all;
    // The length keeps one site's names apart from another's that begin with them.
    this.prefix = LOCAL + "~" + kind + "~" + site.length() + "~" + site + "~";
  }

  private DocId outer(DocId id) {
    return DocId.of(prefix + id.text().substring(LOCAL.length()));
  }

  private LocalDocument inner(LocalDocument document) {
    DocId id = DocId.of(LOCAL + document.id().text().substring(prefix.length()));
    return new LocalDocument(id, document.version(), document.body());
  }

  @Override
  public Optional<LocalDocument> get(DocId id) {
    return all.get(outer(id)).map(this::inner);
  }

  @Override
  public Optional<Long> put(DocId id, long seen, Body body) {
    return all.put(outer(id), seen, body);
  }

  @Override
  public boolean remove(DocId id, long seen) {
    return all.remove(outer(id), seen);
  }

  @Override
  public List<LocalDocument> list(Optional<DocId> after, int limit) {
    DocId from = after.map(this::outer).orElseGet(() -> DocId.of(prefix));
    return all.list(Optional.of(from), limit).stream()
        .takeWhile(document -> document.id().text().startsWith(prefix))
        .map(this::inner)
        .toList();
  }
}
