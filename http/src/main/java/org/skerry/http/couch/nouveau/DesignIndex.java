package org.skerry.http.couch.nouveau;

import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.search.DesignIndexes;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/**
 * The index that a request's path names.
 *
 * @param place as it is called
 */
record DesignIndex(IndexPlace place, IndexDefinition definition) {
  /** Finds it, or says with 404 what is not there. */
  static DesignIndex of(Exchange exchange, Database database) {
    DocId design = DocId.of("_design/" + exchange.variable("ddoc"));
    String name = exchange.variable("index");
    List<StoredDocument> found = new ArrayList<>(1);
    database.store().load(List.of(design), Fields.WINNER, found::add);
    if (found.isEmpty()) {
      throw HttpProblem.notFound("missing");
    }
    StoredDocument document = found.getFirst();
    if (document.deleted()) {
      throw HttpProblem.notFound("deleted");
    }
    IndexDefinition definition =
        DesignIndexes.of(document.revisions().getFirst().body())
            .find(name)
            .orElseThrow(() -> HttpProblem.notFound(name + " not found."));
    return new DesignIndex(new IndexPlace(design.text(), name), definition);
  }
}
