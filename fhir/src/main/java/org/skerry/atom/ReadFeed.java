package org.skerry.atom;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.skerry.database.Database;
import org.skerry.http.Answer;
import org.skerry.http.AnswerHead;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.UserContext;

/** {@code GET /ws/atomfeed/{category}/{page}}: a page by its number, or the newest. */
final class ReadFeed implements Endpoint {
  private static final String RECENT = "recent";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,11}");

  private final Feeds feeds;
  private final BiPredicate<UserContext, Database> readsAll;

  ReadFeed(Feeds feeds, BiPredicate<UserContext, Database> readsAll) {
    this.feeds = feeds;
    this.readsAll = readsAll;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Optional<FeedDefinition> found = feeds.definition(exchange.variable("category"));
    Optional<Database> source = found.flatMap(feeds::source);
    check(exchange, found, source);
    FeedDefinition definition =
        found.orElseThrow(() -> HttpProblem.notFound("There is no feed of this category."));
    Feed feed = feeds.feed(definition);
    String asked = exchange.variable("page");
    boolean recent = asked.equals(RECENT);
    if (!recent && !NUMBER.matcher(asked).matches()) {
      throw HttpProblem.notFound("A page is `recent`, or a number from 1.");
    }
    // What stands behind a page that is not the last cannot change it.
    if (recent || Long.parseLong(asked) >= feed.log().lastPage()) {
      source.ifPresent(database -> feed.catchUp(definition, database));
    }
    long last = feed.log().lastPage();
    long number = recent ? last : Long.parseLong(asked);
    List<Event> events =
        feed.page(number).orElseThrow(() -> HttpProblem.notFound("There is no such page yet."));
    String base = exchange.baseUrl() + "/ws/atomfeed/" + definition.category() + "/";
    answer(
        exchange,
        new PageWriter.Page(definition, number, number == last, base + asked, base, events));
  }

  private static void answer(Exchange exchange, PageWriter.Page page) throws IOException {
    String etag =
        "\"" + page.number() + "-" + page.events().size() + (page.newest() ? "" : "-full") + "\"";
    if (exchange.header("If-None-Match").filter(etag::equals).isPresent()) {
      exchange.answer(Answer.empty(304).with("ETag", etag));
      return;
    }
    exchange.answer(
        new Answer(
            AnswerHead.of(200, "application/atom+xml; charset=utf-8").with("ETag", etag),
            PageWriter.write(page)));
  }

  /** A stranger learns nothing, not even which feeds there are. */
  private void check(
      Exchange exchange, Optional<FeedDefinition> definition, Optional<Database> source) {
    Optional<String> cookies = exchange.header("Cookie");
    if (definition.filter(feed -> feed.readers().admit(cookies)).isPresent()) {
      return;
    }
    UserContext user = exchange.user();
    if (!user.isSignedIn()) {
      throw HttpProblem.unauthorized("Authentication required.");
    }
    boolean member =
        user.isServerAdmin()
            || source.filter(database -> readsAll.test(user, database)).isPresent();
    if (!member && definition.isPresent()) {
      throw HttpProblem.forbidden("You are not allowed to read this feed.");
    }
  }
}
