package org.skerry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternRouterTest {
  private final Endpoint document = exchange -> {};
  private final Endpoint changes = exchange -> {};
  private final Endpoint design = exchange -> {};
  private final Endpoint attachment = exchange -> {};
  private final Endpoint root = exchange -> {};
  private final Router router =
      new PatternRouter(
          List.of(
              new Router.Route(Method.GET, "/", root),
              new Router.Route(Method.GET, "/{db}/{doc}", document),
              new Router.Route(Method.PUT, "/{db}/{doc}", document),
              new Router.Route(Method.GET, "/{db}/_changes", changes),
              new Router.Route(Method.POST, "/{db}/_changes", changes),
              new Router.Route(Method.GET, "/{db}/_design/{ddoc}", design),
              new Router.Route(Method.GET, "/{database}/{doc}/{name*}", attachment)));

  @Test
  void literalsComeBeforeVariables() {
    assertThat(router.find(Method.GET, List.of("db", "_changes")).endpoint()).isSameAs(changes);
    assertThat(router.find(Method.GET, List.of("db", "_change")).endpoint()).isSameAs(document);
    assertThat(router.find(Method.GET, List.of()).endpoint()).isSameAs(root);
  }

  @Test
  void eachPatternHasItsOwnNames() {
    assertThat(router.find(Method.GET, List.of("a", "b")).variables())
        .isEqualTo(Map.of("db", "a", "doc", "b"));
    assertThat(router.find(Method.GET, List.of("a", "_design", "v")).variables())
        .isEqualTo(Map.of("db", "a", "ddoc", "v"));
    assertThat(router.find(Method.GET, List.of("a", "b", "c")).variables())
        .isEqualTo(Map.of("database", "a", "doc", "b", "name", "c"));
  }

  @Test
  void aRestTakesAllThatIsLeft() {
    Router.Match match = router.find(Method.GET, List.of("a", "b", "c", "d/e", "f"));
    assertThat(match.endpoint()).isSameAs(attachment);
    assertThat(match.variables()).containsEntry("name", "c/d/e/f");
  }

  @Test
  void aBranchThatEndsNowhereIsLeftAgain() {
    Router.Match match = router.find(Method.GET, List.of("a", "_design", "v", "x"));
    assertThat(match.endpoint()).isSameAs(attachment);
    assertThat(match.variables()).containsEntry("doc", "_design").containsEntry("name", "v/x");
  }

  @Test
  void theFirstPatternThatFitsDecidesAboutTheMethod() {
    assertThatThrownBy(() -> router.find(Method.PUT, List.of("db", "_changes")))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(405);
              assertThat(problem.headers())
                  .containsExactly(new AnswerHead.Header("Allow", "GET,HEAD,POST"));
            });
  }

  @Test
  void whatNoPatternFitsIsMissing() {
    assertThatThrownBy(() -> router.find(Method.GET, List.of("db")))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  @Test
  void mistakesInPatternsAreFoundWhenTheRouterIsBuilt() {
    Router.Route once = new Router.Route(Method.GET, "/{a}", root);
    Router.Route again = new Router.Route(Method.GET, "/{b}/", root);
    assertThatThrownBy(() -> new PatternRouter(List.of(once, again)))
        .hasMessageContaining("two endpoints for GET /{b}/");
    assertThatThrownBy(
            () -> new PatternRouter(List.of(new Router.Route(Method.GET, "/{a*}/b", root))))
        .hasMessageContaining("nothing can follow a rest");
  }
}
