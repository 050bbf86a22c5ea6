package org.skerry.conflict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.conflict.merge.Json;
import org.skerry.conflict.merge.Merged;
import org.skerry.conflict.merge.Merger;
import org.skerry.conflict.merge.Pointer;
import org.skerry.conflict.merge.Way;
import org.skerry.conflict.merge.Ways;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptException;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What a conflict comes to, by a policy or a rule. A pure function of the two. Any thread. */
final class Proposer {
  /** So many settlements by policies in a row are a quarrel, and a person's to end. */
  static final int LONGEST_STREAK = 16;

  private static final Rule PLAIN =
      new Rule("", java.util.Set.of(), Optional.empty(), new Method.Merge(Ways.NONE));

  private final Policies policies;

  Proposer(Policies policies) {
    this.policies = policies;
  }

  /** By the first rule of the policy that fits, else by the plain merge. */
  Proposal propose(Situation situation, Optional<Policy> policy) {
    Lineage lineage = new Lineage(situation);
    Optional<Rule> rule =
        policy.flatMap(
            known ->
                known.find(
                    one -> one.fits(situation.id(), situation.live(), situation.contents())));
    Optional<By.Rule> by =
        rule.map(found -> new By.Rule(policy.orElseThrow().version(), found.name()));
    Proposal proposal = new Work(situation, lineage, rule.orElse(PLAIN), by).propose();
    return lineage.streak(situation.winner()) < LONGEST_STREAK
        ? proposal
        : open(proposal, "policies settled this document too often in a row");
  }

  /** By a rule that somebody chose. */
  Proposal propose(Situation situation, Rule rule) {
    return new Work(situation, new Lineage(situation), rule, Optional.empty()).propose();
  }

  private static Proposal open(Proposal proposal, String reason) {
    List<String> open = proposal.isComplete() ? List.of("") : proposal.open();
    return new Proposal(
        proposal.by(),
        proposal.method(),
        proposal.ancestor(),
        proposal.ancestorContent(),
        proposal.content(),
        proposal.decisions(),
        open,
        reason);
  }

  /** One conflict and one rule. */
  private final class Work {
    private final Situation situation;
    private final Rule rule;
    private final Optional<By.Rule> by;
    private final Lineage lineage;
    private final Lineage.Sources sources;
    private final List<Content> live;
    private final Fold.Ancestor ancestor;

    Work(Situation situation, Lineage lineage, Rule rule, Optional<By.Rule> by) {
      this.situation = situation;
      this.rule = rule;
      this.by = by;
      this.sources = lineage.sources();
      this.live = situation.contents();
      this.lineage = lineage;
      this.ancestor = new Fold(situation, lineage, Ways.NONE).ancestor(situation.live());
    }

    Proposal propose() {
      return switch (rule.method()) {
        case Method.Merge merge -> merged(guarded(merge.ways()));
        case Method.Latest latest -> chosen(c -> Merger.latest(latest.member(), documents(c)));
        case Method.Site site -> chosen(c -> preferred(site, c));
        case Method.Function function -> computed(function);
        case Method.Plain plain ->
            switch (plain) {
              case WINNER -> chosen(c -> 0);
              case MANUAL -> manual();
            };
      };
    }

    /** A rule that somebody applies by hand has no place to name identifiers, and needs none. */
    private Ways guarded(Ways ways) {
      Ways dated = Rule.dated(ways, live);
      return by.isPresent() ? Rule.guarding(dated, live) : dated;
    }

    private Merged flat(Ways ways) {
      return Merger.merge(ancestor.content().map(Content::document), documents(live), ways);
    }

    private static List<Json> documents(List<Content> contents) {
      return contents.stream().<Json>map(Content::document).toList();
    }

    private Proposal manual() {
      Merged merged = flat(Rule.dated(Ways.NONE, live));
      return proposal(
          contentOf(merged), merged.decisions(), List.of(""), "the rule leaves it to a person");
    }

    private Proposal merged(Ways ways) {
      Fold fold = new Fold(situation, lineage, ways);
      boolean plain =
          !sources.overlaps()
              && sources.contributions().equals(situation.live())
              && fold.isStar(situation.live());
      if (plain) {
        Merged merged = flat(ways);
        return proposal(
            contentOf(merged),
            merged.decisions(),
            merged.open(),
            reason(merged.open(), ancestor.content().isEmpty()));
      }
      Merged shown = flat(ways.withoutCounters());
      Optional<Merged> merged = fold.merge(sources.contributions());
      if (merged.isEmpty()) {
        return proposal(
            contentOf(shown), shown.decisions(), List.of(""), "a settled version is not here");
      }
      List<Decision> decisions =
          merged.get().isComplete()
              ? resolved(shown.decisions(), merged.get().document(), "merge")
              : shown.decisions();
      return proposal(
          contentOf(merged.get()),
          decisions,
          merged.get().open(),
          reason(merged.get().open(), fold.isLacking()));
    }

    /** Decisions that something else has made: the result is what the document has there. */
    private static List<Decision> resolved(List<Decision> shown, Json result, String way) {
      List<Decision> resolved = new ArrayList<>();
      for (Decision one : shown) {
        resolved.add(
            new Decision(
                one.place(),
                new Way.Take(0, way),
                false,
                one.base(),
                one.sides(),
                one.place().find(result)));
      }
      return resolved;
    }

    private Proposal chosen(java.util.function.ToIntFunction<List<Content>> choice) {
      List<Content> contents = new ArrayList<>();
      for (RevId rev : sources.contributions()) {
        situation.content(rev).ifPresent(contents::add);
      }
      if (contents.size() < sources.contributions().size()) {
        return manual();
      }
      Content content = contents.get(choice.applyAsInt(contents));
      return whole(content, flat(Ways.NONE).decisions());
    }

    private static int preferred(Method.Site site, List<Content> contents) {
      int best = 0;
      int rank = Integer.MAX_VALUE;
      for (int i = 0; i < contents.size(); i++) {
        int at =
            site.member()
                .find(contents.get(i).document())
                .map(Json::node)
                .filter(JsonNode::isString)
                .map(text -> site.order().indexOf(text.stringValue()))
                .filter(index -> index >= 0)
                .orElse(Integer.MAX_VALUE);
        if (at < rank) {
          rank = at;
          best = i;
        }
      }
      return best;
    }

    /** A whole document that a rule came to, unless that decides about somebody's identity. */
    private Proposal whole(Content content, List<Decision> differences) {
      List<Decision> decisions = resolved(differences, content.document(), rule.method().text());
      if (by.isPresent() && Rule.decidesIdentity(live)) {
        return proposal(
            content,
            decisions,
            List.of("/identifier"),
            "the identifiers differ, and the rule does not name them");
      }
      return proposal(content, decisions, List.of(), "");
    }

    private Proposal computed(Method.Function function) {
      List<RevId> revs = sources.contributions();
      Fold.Ancestor before = new Fold(situation, lineage, Ways.NONE).ancestor(revs);
      List<JsonNode> leaves = new ArrayList<>();
      for (RevId rev : revs) {
        situation.content(rev).ifPresent(content -> leaves.add(shown(rev, content)));
      }
      boolean here = before.rev().isEmpty() || before.content().isPresent();
      if (!here || leaves.size() < revs.size()) {
        return failed("the common ancestor's content is not here");
      }
      JsonNode base =
          before
              .rev()
              .map(rev -> shown(rev, before.content().orElse(Content.NONE)))
              .orElse(NullNode.instance);
      Optional<JsonNode> result;
      try {
        result = policies.function(function.source()).settle(base, leaves);
      } catch (ScriptException e) {
        return failed("the function failed: " + e.getMessage());
      }
      return result
          .map(document -> taken((ObjectNode) document))
          .orElseGet(() -> failed("the function leaves it to a person"));
    }

    private Proposal failed(String reason) {
      Merged merged = flat(Ways.NONE);
      return proposal(contentOf(merged), merged.decisions(), List.of(""), reason);
    }

    /** Members are the function's; attachments are merged as always, since it sees no bytes. */
    private Proposal taken(ObjectNode document) {
      Merged merged = flat(Ways.NONE);
      Map<String, Json> members = new LinkedHashMap<>();
      document
          .properties()
          .forEach(
              member -> {
                if (!member.getKey().startsWith("_")) {
                  members.put(member.getKey(), Json.of(member.getValue()));
                }
              });
      Optional.ofNullable(((Json.Members) merged.document()).members().get(Content.ATTACHMENTS))
          .ifPresent(attachments -> members.put(Content.ATTACHMENTS, attachments));
      List<String> open =
          merged.open().stream()
              .filter(place -> place.startsWith("/" + Content.ATTACHMENTS))
              .toList();
      Content content = Content.of(new Json.Members(members), live);
      return open.isEmpty()
          ? whole(content, merged.decisions())
          : proposal(content, merged.decisions(), open, reason(open, false));
    }

    private JsonNode shown(RevId rev, Content content) {
      return Json.read(
              JsonOut.bytes(
                  out ->
                      DocumentJson.write(
                          out,
                          situation.id(),
                          new org.skerry.store.StoredRevision(
                              rev, false, content.body(), content.attachments()),
                          DocumentExtras.NONE)))
          .node();
    }

    private Content contentOf(Merged merged) {
      List<Content> known = new ArrayList<>(live);
      sources.contributions().forEach(rev -> situation.content(rev).ifPresent(known::add));
      return Content.of(merged.document(), known);
    }

    private static String reason(List<String> open, boolean lacking) {
      if (open.isEmpty()) {
        return "";
      }
      String members = String.join(", ", open.subList(0, Math.min(open.size(), 20)));
      return lacking
          ? "the common ancestor's content is not here, and the sides differ: " + members
          : "members changed differently on both sides: " + members;
    }

    private Proposal proposal(
        Content content, List<Decision> decisions, List<String> open, String reason) {
      return new Proposal(
          by,
          rule.method().text(),
          ancestor.rev(),
          ancestor.content(),
          content,
          decisions,
          open,
          reason);
    }
  }

  /** What a person makes of a conflict: the plain or the policy's merge, with their own choices. */
  Merged choose(Situation situation, Optional<Policy> policy, Map<Pointer, Way> choices) {
    Optional<Rule> rule =
        policy.flatMap(
            known ->
                known.find(
                    one -> one.fits(situation.id(), situation.live(), situation.contents())));
    Ways ways =
        rule.map(Rule::method)
            .filter(Method.Merge.class::isInstance)
            .map(method -> ((Method.Merge) method).ways())
            .orElse(Ways.NONE);
    Lineage lineage = new Lineage(situation);
    Fold fold = new Fold(situation, lineage, Ways.NONE);
    boolean shared = lineage.sources().overlaps() || !fold.isStar(situation.live());
    Ways dated = Rule.dated(shared ? ways.withoutCounters() : ways, situation.contents());
    Ways sure = Rule.guarding(dated, situation.contents());
    return Merger.merge(
        fold.ancestor(situation.live()).content().map(Content::document),
        situation.contents().stream().map(Content::document).toList(),
        sure.with(choices));
  }
}
