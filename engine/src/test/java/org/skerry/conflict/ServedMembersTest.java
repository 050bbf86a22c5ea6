package org.skerry.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What servers write into FHIR resources by themselves, in merges. */
class ServedMembersTest extends IslandsCase {
  private static String resource(String day, String more) {
    String meta = "'meta':{'lastUpdated':'2026-01-" + day + "','versionId':'" + day + "'}";
    return "{'resourceType':'Organization'," + meta + more + "}";
  }

  @Test
  void whatServersKeepInResourcesComesFromTheLatestAndKeepsNoMergeOpen() {
    one.policy(MERGE);
    conflict(
        resource("01", ""), resource("03", ",'active':true"), resource("02", ",'name':'Pharmacy'"));
    assertThat(one.settle().rows()).isEmpty();
    assertThat(other.settle().rows()).isEmpty();
    assertThat(one.body("p"))
        .contains("'active':true", "'name':'Pharmacy'", "'lastUpdated':'2026-01-03'")
        .contains("'versionId':'03'");
    assertThat(one.body("p")).isEqualTo(other.body("p"));
  }

  @Test
  void whoNamesWhatServersKeepDecidesAboutIt() {
    String members = ",'members':{'/meta':'manual'}}]";
    one.policy("[{'name':'all','selector':{},'method':'merge'" + members);
    conflict(resource("01", ""), resource("03", ""), resource("02", ""));
    assertThat(one.settle().rows().getFirst().open()).containsExactly("/meta");
    String latest = "{'/meta/lastUpdated':'winner'}}]";
    one.policy("[{'name':'all','selector':{},'method':'merge','members':" + latest);
    assertThat(one.settle().rows()).isEmpty();
  }

  @Test
  void withoutAPolicyNobodyIsAskedWhatServersKeep() {
    conflict(
        resource("01", ""), resource("03", ",'active':true"), resource("02", ",'active':false"));
    assertThat(one.settle().rows().getFirst().open()).containsExactly("/active");
  }

  @Test
  void membersOfThatNameInOtherDocumentsAreMembersLikeAny() {
    one.policy(MERGE);
    conflict(
        "{'meta':{'lastUpdated':1}}", "{'meta':{'lastUpdated':2}}", "{'meta':{'lastUpdated':3}}");
    assertThat(one.settle().rows().getFirst().open()).containsExactly("/meta/lastUpdated");
  }
}
