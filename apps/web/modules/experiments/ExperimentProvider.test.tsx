// @vitest-environment node
import type { ExperimentProviderProps } from "@calcom/features/experiments/context/ExperimentProvider";
import type { ReactElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { ExperimentProvider } from "./ExperimentProvider";

const given = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(given.headers) }));
vi.mock("@/lib/identity", () => ({
  getIdentity: async () => ({ userId: 12, visitorId: "v", isBot: false, hasConsent: true, address: null }),
}));
const decided = vi.hoisted(() => ({ slug: "upgrade-button-test", variant: "urgent", reason: "sticky" }));
const ofOthers = { unit: "visitor", variant: null, reason: "no_unit" };
const decide = vi.hoisted(() => vi.fn());
vi.mock("@calcom/features/experiments/server", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  experiments: () => ({ decide, foresee: async () => [null], stamp: async () => "1" }),
}));
beforeEach(() => decide.mockResolvedValue([decided]));
vi.mock("./visitor-link", () => ({ joinVisitorLater: () => {} }));
vi.mock("./posthog-settings", () => ({ posthogFor: () => null }));

async function rendered(headers: Record<string, string>) {
  given.headers = headers;
  const render = ExperimentProvider as (props: ExperimentProviderProps) => Promise<ReactElement<object>>;
  const { props } = await render({ slugs: ["upgrade-button-test"], children: null });
  return props;
}

test("what was decided is in the page", async () => {
  expect(await rendered({ host: "a.example" })).toMatchObject({ answers: [decided], subject: "user:12" });
});

test("somebody else’s browser gets a visitor of its own, and no analytics by the one that it has", async () => {
  const headers = { host: "a.example" };
  expect(await rendered(headers)).toMatchObject({ visitorId: "v", isOthersVisitor: false });
  decide.mockResolvedValue([decided, ofOthers]);
  expect(await rendered(headers)).toMatchObject({ visitorId: null, isOthersVisitor: true });
});

test("what only a draw can tell is left open on a page that is fetched ahead", async () => {
  expect(await rendered({ host: "a.example", "sec-purpose": "prefetch" })).toMatchObject({ answers: [] });
});

test("a page that is rendered for nobody, as by force-static, holds nobody's answer: the hooks ask", async () => {
  expect(await rendered({})).toMatchObject({ answers: [], subject: null, posthog: "ask" });
});
