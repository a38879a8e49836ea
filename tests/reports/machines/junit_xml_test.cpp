#include "reports/machines/junit_xml.hpp"

#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <limits>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

RecordedRun sample_run() {
  RecordedRun run;
  run.manifest = test::sample_manifest();
  run.findings = test::sample_findings();
  return run;
}

boost::property_tree::ptree parsed(std::string const& xml) {
  std::istringstream stream(xml);
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(stream, tree);
  return tree;
}

TEST(JunitXml, HasTheApprovedText) { test::expect_golden("junit.xml", junit_xml(sample_run())); }

TEST(JunitXml, SaysOfEachFindingWhatTheExitCodeMakesOfIt) {
  auto const suite = parsed(junit_xml(sample_run())).get_child("testsuites.testsuite");
  EXPECT_EQ(suite.get<int>("<xmlattr>.tests"), 5);
  EXPECT_EQ(suite.get<int>("<xmlattr>.failures"), 1);
  EXPECT_EQ(suite.get<int>("<xmlattr>.errors"), 1);
  EXPECT_EQ(suite.get<double>("<xmlattr>.time"), 12.5);
  int cases = 0, failures = 0, errors = 0, shown = 0;
  for (auto const& [tag, node] : suite) {
    if (tag != "testcase") continue;
    ++cases;
    failures += static_cast<int>(node.count("failure"));
    errors += static_cast<int>(node.count("error"));
    shown += static_cast<int>(node.count("system-out"));
  }
  EXPECT_EQ(cases, 5);
  EXPECT_EQ(failures, 1);
  EXPECT_EQ(errors, 1);
  EXPECT_EQ(shown, 1);
}

/// Source: the schema that Jenkins reads, jenkinsci/xunit-plugin, junit-10.xsd: what each element may carry.
TEST(JunitXml, HasTheAttributesThatJenkinsKnows) {
  using Names = std::set<std::string>;
  Names const of_suites = {"name", "time", "tests", "failures", "disabled", "errors"};
  Names const of_suite = {"name",     "tests", "failures", "errors", "group", "time", "skipped", "timestamp",
                          "hostname", "id",    "package",  "file",   "log",   "url",  "version"};
  Names const of_case = {"name", "time", "classname", "group"};
  auto const tree = parsed(junit_xml(sample_run()));
  auto const expect_known = [](auto const& node, Names const& known) {
    for (auto const& [name, value] : node.get_child("<xmlattr>")) EXPECT_EQ(known.count(name), 1u) << name;
  };
  auto const& suites = tree.get_child("testsuites");
  expect_known(suites, of_suites);
  expect_known(suites.get_child("testsuite"), of_suite);
  double time = 0;
  for (auto const& [tag, node] : suites.get_child("testsuite")) {
    if (tag != "testcase") continue;
    expect_known(node, of_case);
    time += node.template get<double>("<xmlattr>.time");
  }
  EXPECT_NEAR(time, 12.5, 1e-5) << "equal shares of the suite's time";
}

TEST(JunitXml, IsNotGreenForARunThatWasCut) {
  for (auto const status : {RunStatus::interrupted, RunStatus::running}) {
    auto run = sample_run();
    run.findings = {run.findings[0], run.findings[0]};
    run.manifest.status = status;
    auto const suite = parsed(junit_xml(run)).get_child("testsuites.testsuite");
    EXPECT_EQ(suite.get<int>("<xmlattr>.tests"), 3);
    EXPECT_EQ(suite.get<int>("<xmlattr>.errors"), 1);
    int errors = 0;
    for (auto const& [tag, node] : suite) errors += tag == "testcase" && node.count("error") == 1;
    EXPECT_EQ(errors, 1);
  }
}

TEST(JunitXml, GivesBackOddNamesOnOneLine) {
  auto const suite = parsed(junit_xml(sample_run())).get_child("testsuites.testsuite");
  bool is_found = false;
  for (auto const& [tag, node] : suite)
    if (tag == "testcase" && node.count("failure") == 1) {
      is_found = true;
      EXPECT_EQ(node.get<std::string>("<xmlattr>.name"),
                "<script>alert(\"x\")</script> a,b=\"1\" & 100% μ=1e-300 n=20;40;80 share of Wald intervals, 95 %");
    }
  EXPECT_TRUE(is_found);
}

TEST(JunitXml, NamesEachCaseOnce) {
  auto run = sample_run();
  run.findings = {run.findings[0], run.findings[0]};
  auto const xml = junit_xml(run);
  EXPECT_NE(xml.find("mean score\" time"), std::string::npos) << xml;
  EXPECT_NE(xml.find("mean score (2)\" time"), std::string::npos) << xml;
}

TEST(JunitXml, HoldsNoCharacterThatXmlDoesNotAllow) {
  EXPECT_EQ(xml_text("<&>\"'"), "&lt;&amp;&gt;&quot;&#39;");
  EXPECT_EQ(xml_text("a\nb\x01\x1B c"), "a b   c");
  EXPECT_EQ(xml_text("\xEF\xBF\xBE\xEF\xBF\xBF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(JunitXml, StaysReadableWithoutATime) {
  auto run = sample_run();
  run.manifest.wall_seconds = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(parsed(junit_xml(run)).get<double>("testsuites.<xmlattr>.time"), 0);
}

}  // namespace
}  // namespace fisherlab::reports
