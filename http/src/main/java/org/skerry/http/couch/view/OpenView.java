package org.skerry.http.couch.view;

import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.ListingParameters;
import org.skerry.index.Index;
import org.skerry.index.IndexReading;
import org.skerry.index.ViewReading;
import org.skerry.script.ScriptException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.SpaceGoneException;
import org.skerry.view.InvalidDesignException;
import org.skerry.view.ViewGroup;
import org.skerry.view.Views;

/** A view that a request named, in its database. */
record OpenView(Views views, Database database, ViewGroup group, ViewGroup.NamedView view) {
  /**
   * Finds a view.
   *
   * @throws HttpProblem 404 when there is none
   */
  static OpenView find(Views views, Database database, String design, String name) {
    ViewGroup group = group(views, database, design);
    ViewGroup.NamedView view =
        group.view(name).orElseThrow(() -> HttpProblem.notFound("missing_named_view"));
    return new OpenView(views, database, group, view);
  }

  /**
   * Finds a design document's views.
   *
   * @throws HttpProblem 404 when there are none
   */
  static ViewGroup group(Views views, Database database, String design) {
    try {
      return switch (views.find(database, design)) {
        case Views.Found.Group(ViewGroup group) -> group;
        case Views.Found.NoViews none -> throw HttpProblem.notFound("missing_named_view");
        case Views.Found.Missing missing -> throw HttpProblem.notFound("missing");
        case Views.Found.Deleted deleted -> throw HttpProblem.notFound("deleted");
      };
    } catch (InvalidDesignException e) {
      throw HttpProblem.badRequest("invalid_design_doc", String.valueOf(e.getMessage()));
    }
  }

  /** What is asked of it. */
  ViewQuery query(ListingParameters parameters) {
    ViewQuery query = ViewQuery.of(parameters, view.reduction().isPresent());
    checkRange(query);
    return query;
  }

  private void checkRange(ViewQuery query) {
    boolean reversed =
        query.keys().isEmpty()
            && query.range().isReversed(group.definition().views().get(view.number()).order());
    if (reversed) {
      throw ListingParameters.bad(
          "No rows can match your key range, reverse your start_key and end_key or set descending="
              + !query.range().descending());
    }
  }

  /** Its rows, as new as wanted; once more from the beginning when they were thrown away. */
  IndexReading read(ViewQuery.Freshness freshness) {
    try {
      return readOnce(freshness);
    } catch (SpaceGoneException | DamagedException e) {
      return readOnce(freshness);
    }
  }

  private IndexReading readOnce(ViewQuery.Freshness freshness) {
    Index index = views.indexes().open(database, group.definition());
    try {
      switch (freshness) {
        case CURRENT -> index.catchUp();
        case STALE_NOW -> index.catchUpSoon();
        case STALE -> {}
      }
    } catch (ScriptException e) {
      throw e.kind() == ScriptException.Kind.COMPILE
          ? HttpProblem.badRequest("compilation_error", String.valueOf(e.getMessage()))
          : e;
    }
    return index.read();
  }

  ViewReading rows(IndexReading reading) {
    return reading.view(view.number());
  }

  /** The position of what is read, as clients see it; when they asked for it. */
  Optional<String> updateSeq(ViewQuery query, IndexReading reading) {
    return query.updateSeq()
        ? Optional.of(database.changes().tokens().format(reading.seq()))
        : Optional.empty();
  }
}
