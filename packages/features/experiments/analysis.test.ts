import fs from "node:fs";
import path from "node:path";
import createHogQLParser from "@posthog/hogql-parser";
import { describe, expect, test } from "vitest";
import { type ExperimentEventName, experimentEventSchemas, propertiesOf } from "./testing/event-schema";
import { problemsOf } from "./testing/hogql";

const guide = fs.readFileSync(path.join(import.meta.dirname, "ANALYSIS.md"), "utf8");
const queries = [...guide.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(({ 1: query = "", index }) => ({
  line: guide.slice(0, index).split("\n").length + 1,
  query,
}));
const parser = await createHogQLParser();
const parse = (query: string): unknown => JSON.parse(parser.parseSelect(query, true));
const check = (query: string) => problemsOf(parse(query));

test("the guide has its queries, and no block of another kind in their place", () => {
  expect(queries.length).toBeGreaterThanOrEqual(7);
  expect(guide.match(/^```\w/gm)).toHaveLength(queries.length);
});

test.each(queries)("the query at line $line parses, and names only what is sent", ({ query }) => {
  expect(check(query)).toEqual([]);
});

test.each(
  queries.filter(
    ({ query }) =>
      /event (= |IN \([^)]*)'experiment_viewed'/.test(query) && !query.includes("groupUniqArray"),
  ),
)("the query at line $line leaves out participants who were imported", ({ query }) => {
  expect(query).toContain("properties.assignment_type != 'imported'");
});

test("the guide's tables name every event and every property, and no other", () => {
  const cells = [...guide.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(({ 1: cell = "" }) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  const events = Object.keys(experimentEventSchemas) as ExperimentEventName[];
  const properties = new Set(events.flatMap(propertiesOf));
  expect(new Set(cells)).toEqual(new Set([...events, ...properties, "$feature/<slug>"]));
});

describe("a query would be refused", () => {
  const good =
    "SELECT properties.variant AS v, count() AS n FROM events WHERE event = 'experiment_viewed' GROUP BY v";

  test("but not this one", () => {
    expect(check(good)).toEqual([]);
  });

  test.each([
    ["that does not parse", good.replace("SELECT", "SELEC"), "It does not parse"],
    ["of an event that nobody sends", good.replace("_viewed", "_seen"), "experiment_seen"],
    [
      "of a property that nobody sends",
      good.replace("properties.variant", "properties.variants"),
      "variants",
    ],
    ["of a property of the other event", good.replace("properties.variant", "properties.value"), "value"],
    [
      "of a property through an alias",
      good.replace("FROM events", "FROM events AS e").replace("properties.", "e.properties.x"),
      "xvariant",
    ],
    ["of a column that events do not have", good.replace("properties.variant", "variant"), "variant"],
    ["of another table", good.replace("FROM events", "FROM exposures"), "exposures"],
    [
      "with a wrong name in a part of it",
      `SELECT n FROM (${good.replace("_viewed", "_seen")})`,
      "experiment_seen",
    ],
    ["with a placeholder that nobody fills", good.replace("'experiment_viewed'", "{event}"), "event"],
  ])("%s", (_, query, word) => {
    expect(check(query).join()).toContain(word);
  });
});
