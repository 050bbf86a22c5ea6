package org.skerry.http.couch.schedule;

import java.util.List;
import java.util.function.BiConsumer;
import org.skerry.http.Answer;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.JsonAnswer;
import tools.jackson.core.JsonGenerator;

/**
 * Which part of a list is wanted.
 *
 * @param skip how many are left out
 * @param limit at most so many
 */
record Paging(long skip, long limit) {
  /** As many as CouchDB shows of jobs unless it is told otherwise. */
  static final long JOBS = 100;

  /** A list is made before it is sent: this is the longest, a few megabytes. */
  static final long LONGEST = 10_000;

  static Paging of(Query query, long usual) {
    return new Paging(number(query, "skip", 0), Math.min(LONGEST, number(query, "limit", usual)));
  }

  /**
   * That part of a list.
   *
   * @param name what its members are called
   * @param all the whole list
   * @param writer writes a member
   */
  <T> Answer of(String name, List<T> all, BiConsumer<JsonGenerator, T> writer) {
    long offset = Math.min(skip, all.size());
    return JsonAnswer.of(
        200,
        out -> {
          out.writeStartObject();
          out.writeNumberProperty("total_rows", all.size());
          out.writeNumberProperty("offset", offset);
          out.writeArrayPropertyStart(name);
          all.stream().skip(offset).limit(limit).forEach(one -> writer.accept(out, one));
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static long number(Query query, String name, long absent) {
    String text = query.text(name).orElse(Long.toString(absent));
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("query_parse_error", name + " must be an integer");
    }
    if (number < 0) {
      throw HttpProblem.badRequest("query_parse_error", name + " not in range of [0,infinity]");
    }
    return number;
  }
}
