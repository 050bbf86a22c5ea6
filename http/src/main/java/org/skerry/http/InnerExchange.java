package org.skerry.http;

/** A request within a request, to any of the node's routes. */
final class InnerExchange extends KeptExchange {
  private final Method method;
  private final Target target;

  InnerExchange(Exchange outer, InnerRequest request, Method method, Target target) {
    super(outer, request.headers(), request.body().orElseGet(() -> new byte[0]));
    this.method = method;
    this.target = target;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public String rawPath() {
    return target.rawPath();
  }

  @Override
  public Query query() {
    return target.query();
  }

  @Override
  public String rawQuery() {
    return target.rawQuery();
  }
}
