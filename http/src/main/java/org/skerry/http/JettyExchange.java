package org.skerry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange on Jetty: the only class that endpoints meet and that knows of it. */
final class JettyExchange implements Exchange, Caller {
  /** What the system takes of an answer at once, more or less; readers who wait hold no more. */
  private static final int SMALL = 64 * 1024;

  private final Request request;
  private final Response response;
  private final Callback completion;
  private final HttpSettings.Limits limits;
  private final CommonHeaders common;
  private final HeapRoom requests;
  private final HeapRoom answers;
  private final boolean head;
  private Target target = new Target("/", List.of(), "", Query.EMPTY);
  private Method method = Method.GET;
  private Map<String, String> variables = Map.of();
  private List<AnswerHead.Header> extra = List.of();
  private UserContext user = UserContext.ANONYMOUS;
  private @Nullable String address;
  private @Nullable RequestBody body;
  private @Nullable AnswerStream stream;
  private @Nullable CompressedStream compressed;
  private boolean answered;

  JettyExchange(
      Request request,
      Response response,
      Callback completion,
      HttpSettings.Limits limits,
      CommonHeaders common,
      HeapRoom requests,
      HeapRoom answers) {
    this.request = request;
    this.response = response;
    this.completion = completion;
    this.limits = limits;
    this.common = common;
    this.requests = requests;
    this.answers = answers;
    this.head = request.getMethod().equals("HEAD");
  }

  /** Fixes what is asked for, once it is read. */
  void bind(Target asked, UserContext who) {
    target = asked;
    user = who;
  }

  /** Adds headers to whatever will be answered. */
  void addHeaders(List<AnswerHead.Header> more) {
    if (!more.isEmpty()) {
      extra = Stream.concat(extra.stream(), more.stream()).toList();
    }
  }

  /** Fixes where the request goes. */
  void bind(Method resolved, Map<String, String> values) {
    method = resolved;
    variables = values;
  }

  /** The segments of the path, once it is read. */
  List<String> segments() {
    return target.segments();
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public boolean isHead() {
    return head;
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
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

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(field.getName(), field.getValue(), (first, second) -> first + ", " + second);
    }
    return headers;
  }

  @Override
  public UserContext user() {
    return user;
  }

  @Override
  public Caller caller() {
    return this;
  }

  @Override
  public String address() {
    String text = address;
    if (text == null) {
      text = Request.getRemoteAddr(request);
      address = text;
    }
    return text;
  }

  @Override
  public boolean secure() {
    return request.isSecure()
        || "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
  }

  @Override
  public String baseUrl() {
    HttpFields headers = request.getHeaders();
    String authority = headers.get("X-Forwarded-Host");
    if (authority == null) {
      authority = headers.get(HttpHeader.HOST);
    }
    if (authority == null) {
      authority = Request.getLocalAddr(request) + ":" + Request.getLocalPort(request);
    }
    return (secure() ? "https://" : "http://") + authority;
  }

  @Override
  public InputStream body() {
    try {
      return openBody();
    } catch (BrokenBodyException e) {
      throw HttpProblem.badRequest("bad_request", "The body is not gzip, as its headers say");
    }
  }

  @Override
  public InputStream encodedBody() {
    RequestBody opened = body;
    if (opened == null) {
      opened = RequestBody.plain(Content.Source.asInputStream(request), limits.requestBytes());
      body = opened;
    }
    return opened;
  }

  private RequestBody openBody() throws BrokenBodyException {
    RequestBody opened = body;
    if (opened == null) {
      InputStream raw = Content.Source.asInputStream(request);
      opened = isPlain() ? RequestBody.plain(raw, limits.requestBytes()) : unzip(raw);
      body = opened;
    }
    return opened;
  }

  private RequestBody unzip(InputStream raw) throws BrokenBodyException {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (!"gzip".equalsIgnoreCase(encoding)) {
      throw new HttpProblem(
          415, "bad_ctype", "Unsupported Content-Encoding `" + encoding + "`: send gzip or none");
    }
    return RequestBody.gzipped(raw, limits.requestBytes());
  }

  private boolean isPlain() {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    return encoding == null || encoding.equalsIgnoreCase("identity");
  }

  @Override
  public byte[] readBody() throws IOException {
    long expected = isPlain() ? request.getLength() : -1;
    return openBody().readAll(expected, limits.heldBytes(), requests);
  }

  @Override
  public void answer(Answer answer) {
    int held = head || answer.body().length <= SMALL ? 0 : answer.body().length;
    if (held == 0) {
      send(answer, completion);
      return;
    }
    if (method == Method.GET) {
      answers.take(held, 0);
    } else {
      answers.takeAnyway(held);
    }
    AtomicBoolean back = new AtomicBoolean();
    Runnable giveBack =
        () -> {
          if (!back.getAndSet(true)) {
            answers.giveBack(held);
          }
        };
    try {
      send(answer, Callback.from(completion, giveBack));
    } catch (RuntimeException | Error e) {
      giveBack.run();
      throw e;
    }
  }

  private void send(Answer answer, Callback sent) {
    begin(answer.head());
    byte[] bytes = answer.body();
    if (bytes.length > Compression.SHORTEST && mayCompress(answer.head())) {
      bytes = Compression.gzip(bytes);
      sayCompressed();
    }
    if (answer.head().status() != 204 && answer.head().status() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    }
    closeIfUnread();
    response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes), sent);
  }

  /**
   * Tells the client not to use the connection again when it is still sending a body that nobody
   * reads: Jetty closes it then, and a request that is sent meanwhile would get no answer.
   */
  private void closeIfUnread() {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  @Override
  public OutputStream stream(AnswerHead answerHead) {
    begin(answerHead);
    AnswerStream begun = new AnswerStream(response, completion, head);
    stream = begun;
    boolean isLong = answerHead.length().orElse(Long.MAX_VALUE) > Compression.SHORTEST;
    if (head || !isLong || !mayCompress(answerHead)) {
      answerHead.length().ifPresent(n -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, n));
      return begun;
    }
    CompressedStream shorter = new CompressedStream(begun, this::sayCompressed);
    compressed = shorter;
    return shorter;
  }

  /** Says of an answer that it has two forms, if it has, and whether the client takes the short. */
  private boolean mayCompress(AnswerHead answerHead) {
    if (!Compression.suits(answerHead)) {
      return false;
    }
    response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
    return AcceptEncoding.gzip(this);
  }

  private void sayCompressed() {
    response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
  }

  private void begin(AnswerHead answerHead) {
    if (answered) {
      throw new IllegalStateException("answered twice: " + request);
    }
    answered = true;
    response.setStatus(answerHead.status());
    common.apply(request, response.getHeaders(), extra, answerHead.headers());
  }

  /** Whether an answer was begun. */
  boolean isAnswered() {
    return answered;
  }

  /** Whether another answer can still be given: nothing was sent. */
  boolean canStillAnswer() {
    return !answered || (stream != null && !stream.isClosed() && !response.isCommitted());
  }

  /** Forgets an answer of which nothing was sent, and gives this one. */
  void answerInstead(Answer answer) {
    answered = false;
    stream = null;
    if (compressed != null) {
      compressed.release();
      compressed = null;
    }
    response.reset();
    answer(answer);
  }

  /** Cuts off an answer that was begun and will not be finished. */
  void cutOff(Throwable cause) {
    if (compressed != null) {
      compressed.release();
    }
    if (stream == null || !stream.isClosed()) {
      completion.failed(new EofException("the answer was cut off", cause));
    }
  }

  /** Whether an answer was given and, if it was streamed, closed. */
  boolean isFinished() {
    return answered && (stream == null || stream.isClosed());
  }
}
