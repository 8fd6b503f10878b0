import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { PostHog } from "posthog-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PostHogSink, startPostHogSink } from "./posthog-sink";

let sink: PostHogSink;
beforeEach(async () => {
  sink = await startPostHogSink();
});
afterEach(() => sink.close());

const VISITOR = "3f0c1d52-9d0a-4d5e-8f6b-0c2f4b1f7a11";

function anEvent(changes: Record<string, unknown> = {}, properties: Record<string, unknown> = {}) {
  return {
    event: "plan_opened",
    uuid: randomUUID(),
    timestamp: new Date().toISOString(),
    properties: { distinct_id: VISITOR, $lib: "web", token: sink.key, ...properties },
    ...changes,
  };
}

function anExposure(properties: Record<string, unknown> = {}) {
  return anEvent(
    { event: "experiment_viewed", distinct_id: "team:4" },
    {
      $lib: "posthog-node",
      experiment_slug: "dashboard",
      variant: "grid",
      assignment_type: "deterministic",
      team_id: 4,
      "$feature/dashboard": "grid",
      $groups: { team: "4" },
      ...properties,
    },
  );
}

async function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return fetch(`${sink.url}${path}`, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
}

function batch(...events: object[]): string {
  return JSON.stringify({ api_key: sink.key, batch: events, sent_at: new Date().toISOString() });
}

describe("the sink takes", () => {
  test("what posthog-node sends", async () => {
    const client = new PostHog(sink.key, { host: sink.url, flushAt: 1 });
    client.capture({ distinctId: "12", event: "plan_opened", properties: { plan: "teams" } });
    await client.shutdown();
    expect(sink.violations).toEqual([]);
    expect(sink.events()).toMatchObject([
      { event: "plan_opened", distinctId: "12", sdk: "posthog-node", properties: { plan: "teams" } },
    ]);
    expect(sink.requests).toMatchObject([
      { method: "POST", path: "/batch/", headers: { "content-encoding": "gzip" } },
    ]);
  });

  test.each([
    ["plain JSON", (json: string) => json],
    ["gzip that nobody announced", (json: string) => gzipSync(json)],
    ["base64", (json: string) => Buffer.from(json).toString("base64")],
    [
      "a form with base64",
      (json: string) => `data=${encodeURIComponent(Buffer.from(json).toString("base64"))}`,
    ],
  ])("%s", async (_, encode) => {
    await post("/e/", encode(batch(anEvent())));
    expect(sink.violations).toEqual([]);
    expect(sink.events("plan_opened")).toHaveLength(1);
  });

  test("a single event, a list, and the v1 endpoint", async () => {
    await post("/capture", JSON.stringify(anEvent()));
    await post("/i/v0/e/", JSON.stringify([anEvent(), anEvent()]));
    const event = anEvent();
    const answer = await post("/i/v1/analytics/events", JSON.stringify({ batch: [event] }), {
      authorization: `Bearer ${sink.key}`,
    });
    expect(await answer.json()).toEqual({ results: { [event.uuid]: {} } });
    expect(sink.violations).toEqual([]);
    expect(sink.events()).toHaveLength(4);
  });

  test("the same event again as one", async () => {
    const event = anExposure();
    await post("/batch/", batch(event, event));
    expect(sink.violations).toEqual([]);
    expect(sink.events()).toHaveLength(1);
    expect(sink.copiesOf(event.uuid)).toBe(2);
  });

  test("remote configuration and flags, for whoever asks", async () => {
    expect((await fetch(`${sink.url}/array/${sink.key}/config`)).status).toBe(200);
    expect(await (await post("/flags/?v=2", "{}")).json()).toMatchObject({ flags: {} });
    expect(sink.violations).toEqual([]);
  });
});

describe("the sink refuses", () => {
  test.each<[string, () => object, string]>([
    ["an event without a uuid", () => anEvent({ uuid: undefined }), "uuid"],
    ["an event without a name", () => anEvent({ event: "" }), "event"],
    ["a time that is none", () => anEvent({ timestamp: "yesterday" }), "timestamp"],
    ["a time of long ago", () => anEvent({ timestamp: "2020-01-01T00:00:00Z" }), "its time"],
    ["a distinct id that is nobody's", () => anEvent({}, { distinct_id: "undefined" }), "distinct id"],
    ["a numeric distinct id", () => anEvent({}, { distinct_id: 12 }), "distinct id"],
    ["an exposure of PostHog's own", () => anEvent({ event: "$feature_flag_called" }), "of its own"],
    ["a null property", () => anEvent({}, { plan: null }), "plan is null"],
    ["a merge without a visitor", () => anEvent({ event: "$identify" }), "no visitor"],
    ["an exposure by a browser", () => anExposure({ $lib: "web" }), "a browser sent it"],
    ["a property that is not planned", () => anExposure({ colour: "red" }), "colour"],
    ["a team without its group", () => anExposure({ $groups: undefined }), "$groups"],
    ["another variant in $feature", () => anExposure({ "$feature/dashboard": "list" }), "$feature"],
    ["two subjects", () => anExposure({ user_id: 7 }), "2 subjects"],
    ["a foreign distinct id", () => ({ ...anExposure(), distinct_id: "7" }), "its subject team:4"],
    ["an exposure with a value", () => anExposure({ value: 3 }), "no value"],
  ])("%s", async (_, make, problem) => {
    await post("/batch/", batch(make()));
    expect(sink.violations.join("\n")).toContain(problem);
  });

  test("one uuid for two different events", async () => {
    const event = anExposure();
    await post("/batch/", batch(event));
    await post(
      "/batch/",
      batch({ ...anExposure({ variant: "list", "$feature/dashboard": "list" }), uuid: event.uuid }),
    );
    expect(sink.violations).toEqual([expect.stringContaining("two different events")]);
  });

  test("a foreign token, cookies, broken bodies and unknown paths", async () => {
    await post("/e/", JSON.stringify({ api_key: "phc_other", batch: [anEvent()] }));
    await post("/e/", batch(anEvent()), { cookie: "session=secret" });
    await post("/e/", "{");
    await post("/elsewhere", batch(anEvent()));
    expect(sink.violations).toEqual([
      expect.stringContaining("phc_other"),
      expect.stringContaining("cookie"),
      expect.stringContaining("cannot be read"),
      expect.stringContaining("no endpoint"),
    ]);
  });
});

describe("the sink breaks down", () => {
  const isTaken = () =>
    fetch(`${sink.url}/e/`, {
      method: "POST",
      body: batch(anEvent()),
      signal: AbortSignal.timeout(300),
    }).then(
      ({ ok }) => ok,
      () => false,
    );

  test.each(["fail", "hang", "refuse"] as const)("in the mode %s, and comes back", async (mode) => {
    await sink.setMode(mode);
    expect(await isTaken()).toBe(false);
    expect(sink.events()).toEqual([]);
    await sink.setMode("ok");
    expect(await isTaken()).toBe(true);
    expect(sink.events()).toHaveLength(1);
  });
});
