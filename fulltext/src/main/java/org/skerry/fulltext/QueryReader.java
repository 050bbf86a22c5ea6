package org.skerry.fulltext;

import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.queryparser.charstream.FastCharStream;
import org.apache.lucene.queryparser.flexible.core.QueryNodeException;
import org.apache.lucene.queryparser.flexible.core.QueryParserHelper;
import org.apache.lucene.queryparser.flexible.core.config.QueryConfigHandler;
import org.apache.lucene.queryparser.flexible.core.nodes.QueryNode;
import org.apache.lucene.queryparser.flexible.core.parser.SyntaxParser;
import org.apache.lucene.queryparser.flexible.standard.builders.StandardQueryTreeBuilder;
import org.apache.lucene.queryparser.flexible.standard.config.StandardQueryConfigHandler;
import org.apache.lucene.queryparser.flexible.standard.config.StandardQueryConfigHandler.ConfigurationKeys;
import org.apache.lucene.queryparser.flexible.standard.parser.ParseException;
import org.apache.lucene.queryparser.flexible.standard.parser.StandardSyntaxParser;
import org.apache.lucene.queryparser.flexible.standard.parser.Token;
import org.apache.lucene.queryparser.flexible.standard.parser.TokenMgrError;
import org.apache.lucene.queryparser.flexible.standard.processors.StandardQueryNodeProcessorPipeline;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;
import org.skerry.document.Excerpt;
import org.skerry.search.BadSearchException;

/** Reads queries in the syntax of Lucene's standard parser, as Nouveau sets it up. */
final class QueryReader {
  /** The field that is meant where none is named. */
  static final String DEFAULT_FIELD = "default";

  static final int MAX_LENGTH = 32_768;

  /** The parser calls itself for each. */
  static final int MAX_NESTING = 100;

  private static final int SHOWN = 200;

  private static final String CLAUSES =
      "more than " + IndexSearcher.getMaxClauseCount() + " clauses";

  private final Analyzer analyzer;
  private final FieldTypes types;

  QueryReader(Analyzer analyzer, FieldTypes types) {
    this.analyzer = analyzer;
    this.types = types;
  }

  /**
   * The query of a text.
   *
   * @param locale how its numbers are written
   * @throws BadSearchException when it is none; says where
   */
  Query read(String text, Optional<Locale> locale) {
    checkSize(text);
    QueryConfigHandler config = new StandardQueryConfigHandler();
    config.set(ConfigurationKeys.ENABLE_POSITION_INCREMENTS, true);
    config.set(ConfigurationKeys.ANALYZER, analyzer);
    config.set(ConfigurationKeys.POINTS_CONFIG_MAP, types.points(new Numbers(locale)));
    QueryParserHelper parser =
        new QueryParserHelper(
            config,
            new Syntax(),
            new StandardQueryNodeProcessorPipeline(null),
            new StandardQueryTreeBuilder());
    try {
      return (Query) parser.parse(text, DEFAULT_FIELD);
    } catch (QueryNodeException e) {
      throw bad(
          text, e.getCause() instanceof IndexSearcher.TooManyClauses ? CLAUSES : e.getMessage());
    } catch (TooComplexToDeterminizeException e) {
      throw bad(text, "the pattern is too complex");
    } catch (IndexSearcher.TooManyClauses e) {
      throw bad(text, CLAUSES);
    } catch (BadSearchException e) {
      throw e;
    } catch (RuntimeException e) {
      // What the parser takes for a query and the builder cannot build, such as a broken pattern;
      // for some of it Lucene has no better words than that a cast failed.
      throw bad(text, e instanceof IllegalArgumentException ? e.getMessage() : "it means nothing");
    }
  }

  private static void checkSize(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new BadSearchException("the query is longer than " + MAX_LENGTH + " characters");
    }
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '"' -> quoted = !quoted;
        case '(' -> depth += quoted ? 0 : 1;
        case ')' -> depth -= quoted ? 0 : 1;
        default -> {
          continue;
        }
      }
      if (depth > MAX_NESTING) {
        throw new BadSearchException(
            "the query is nested deeper than " + MAX_NESTING + " at column " + (i + 1));
      }
    }
  }

  private static BadSearchException bad(String text, @Nullable String why) {
    return new BadSearchException(
        "Syntax Error, cannot parse " + shown(text) + ": " + shown(String.valueOf(why).strip()));
  }

  private static String shown(String text) {
    return Excerpt.of(text, SHOWN);
  }

  /** Lucene's parser of the same name forgets where the error was; this does not. */
  private static final class Syntax implements SyntaxParser {
    @Override
    public QueryNode parse(CharSequence query, CharSequence field) {
      String text = query.toString();
      StandardSyntaxParser parser =
          new StandardSyntaxParser(new FastCharStream(new StringReader(text)));
      try {
        return parser.TopLevelQuery(field);
      } catch (ParseException e) {
        throw bad(text, where(text, e));
      } catch (TokenMgrError e) {
        throw bad(text, e.getMessage());
      }
    }

    private static String where(String text, ParseException e) {
      Token before = e.currentToken;
      Token wrong = before == null ? null : before.next;
      if (wrong == null) {
        return "a number out of range";
      }
      boolean end = wrong.image.isEmpty();
      // What the parser calls a column is the number of characters before.
      int at = Math.clamp(end ? text.length() : wrong.beginColumn, 0, text.length());
      long line = text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
      int column = at - text.lastIndexOf('\n', at - 1);
      String found = end ? "the end" : "\"" + wrong.image + "\"";
      return "found " + found + " at line " + line + ", column " + column;
    }
  }
}
