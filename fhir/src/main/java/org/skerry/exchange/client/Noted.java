package org.skerry.exchange.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that was made, with its answer, as the audit keeps it: bounded, without headers, and
 * without what looks like a secret.
 *
 * @param status 0 where none was heard
 */
public record Noted(
    String method, String url, int status, Optional<String> request, Optional<String> answer) {
  /** Of either body; the whole record stands in its document. */
  private static final int LONGEST = 16_384;

  /** Without any of these, no text has what {@link #SECRET} looks for, which costs much more. */
  private static final List<String> SECRET_WORDS =
      List.of("password", "passwd", "secret", "token", "authorization", "apikey", "api_key");

  private static final Pattern SECRET =
      Pattern.compile(
          "(\"[^\"]*(?:password|passwd|secret|token|authorization|api_?key)[^\"]*\"\\s*:\\s*)"
              + "\"(?:[^\"\\\\]|\\\\.)*+\"",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "([?&][^=&]*(?:password|secret|token|key)[^=&]*=)[^&]*", Pattern.CASE_INSENSITIVE);

  /** Notes a call. */
  public static Noted of(Call call, int status, byte[] answer) {
    return new Noted(
        call.method(),
        SECRET_PARAMETER.matcher(call.url().toString()).replaceAll("$1…"),
        status,
        call.body().map(Noted::shown),
        answer.length == 0 ? Optional.empty() : Optional.of(shown(answer)));
  }

  private static String shown(byte[] body) {
    int length = Math.min(body.length, LONGEST);
    String text = new String(body, 0, length, StandardCharsets.UTF_8);
    String shown = mayHaveSecrets(text) ? SECRET.matcher(text).replaceAll("$1\"…\"") : text;
    return body.length > LONGEST ? shown + "… (" + body.length + " bytes)" : shown;
  }

  private static boolean mayHaveSecrets(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }
}
