import { expect, test, vi } from "vitest";
import { aConfig } from "../testing/builders";
import { compileExperiment } from "../utils/compile";
import { createListing, MOST_LISTED } from "./listing.service";

test("what runs is sorted once for each state of the configurations, and answered a thousand at a time", async () => {
  const slugs = Array.from({ length: MOST_LISTED + 5 }, (_, index) => `experiment-${10_000 - index}`);
  const running = slugs.map((slug) => compileExperiment(slug, 1, aConfig({ status: "running" })));
  const all = vi.fn(async () => [...running, compileExperiment("draft", 1, aConfig({ status: "draft" }))]);
  let state = "first";
  const { listActive } = createListing({ all, stamp: async () => state });

  const page = await listActive();
  expect(page).toHaveLength(MOST_LISTED);
  const rest = await listActive({ after: page.at(-1)?.slug });
  expect([...page, ...rest].map(({ slug }) => slug)).toEqual([...slugs].sort());
  expect(all).toHaveBeenCalledTimes(1);
  state = "second";
  await listActive();
  expect(all).toHaveBeenCalledTimes(2);
});
