import { expect, test } from "vitest";
import { posthogLinks } from "./posthog-links";

const experiment = { slug: "upgrade-button-test", unit: "user" as const, config: null };
const env = { POSTHOG_KEY: "phc_x", POSTHOG_PROJECT_URL: "https://us.posthog.com/project/7/" };

test("there are no links into PostHog where nothing is sent there, or no project is named", () => {
  expect(posthogLinks(experiment, { ...env, POSTHOG_KEY: undefined })).toBeNull();
  expect(posthogLinks(experiment, { ...env, POSTHOG_PROJECT_URL: undefined })).toBeNull();
});

test("the funnel goes from the exposure to the conversion of this experiment, by variant, within its window", () => {
  const { funnel = "" } = posthogLinks(experiment, env) ?? {};
  const [address, query = ""] = funnel.split("#q=");
  expect(address).toBe("https://us.posthog.com/project/7/insights/new");
  const { source } = JSON.parse(decodeURIComponent(query));
  expect(source.series.map(({ event }: { event: string }) => event)).toEqual([
    "experiment_viewed",
    "experiment_conversion",
  ]);
  for (const { properties } of source.series)
    expect(properties[0]).toMatchObject({ value: ["upgrade-button-test"] });
  expect(source.breakdownFilter.breakdown).toBe("variant");
  expect(source.funnelsFilter.funnelWindowInterval).toBe(14);
});

test("teams are counted as groups, in the funnel and in SQL", () => {
  const { funnel = "", sql = "" } = posthogLinks({ ...experiment, unit: "team" }, env) ?? {};
  expect(decodeURIComponent(funnel)).toContain('"aggregation_group_type_index":0');
  expect(decodeURIComponent(sql)).toContain("`$group_0` AS subject");
});
