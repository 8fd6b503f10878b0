import { logger } from "@calcom/lib/logger";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createExperimentsHandler } from "./create-handler";
import { mintVisitorId, VISITOR_COOKIE } from "./lib/visitor-id";
import { identify } from "./serve/identify";
import { ExperimentError } from "./types/errors";
import { unservedAnswer } from "./types/unserved-answer";

const SECRETS = ["the-present-secret-of-the-tests-0123", "the-secret-before-of-the-tests-4567"] as const;
const answer = unservedAnswer("upgrade-button-test", "not_running");

function setUp() {
  const experiments = {
    decide: vi.fn(async () => [answer]),
    recordExposures: vi.fn(async () => ({ recorded: 1 })),
    recordConversions: vi.fn(async () => ({ recorded: 1 })),
  };
  const { POST } = createExperimentsHandler({
    // What they answer is not read.
    experiments: experiments as never,
    identify: ({ headers }) => identify({ headers, userId: 12, secrets: SECRETS }),
  });
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    POST(
      new Request(`https://host.example/base/api/experiments/${path}`, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: { "sec-fetch-site": "same-origin", ...headers },
      }),
    );
  return { experiments, send };
}

describe("the route of an application", () => {
  test("answers what no provider named, for whom the server knows", async () => {
    const { experiments, send } = setUp();
    const response = await send("answers", { requests: [{ slug: "upgrade-button-test", teamId: 4 }] });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toEqual({ answers: [answer] });
    expect(experiments.decide).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ userId: 12 }), [
      { slug: "upgrade-button-test", teamId: 4 },
    ]);
  });

  test("takes exposures and conversions, as text too, as a beacon sends it", async () => {
    const { experiments, send } = setUp();
    const exposures = [{ slug: "upgrade-button-test", userId: 12, ageMs: 5 }];
    const conversions = [{ event: "clicked", key: "a", ageMs: 0 }];
    expect((await send("exposures", { exposures })).status).toBe(204);
    expect((await send("conversions", { conversions }, { "content-type": "text/plain" })).status).toBe(204);
    expect(experiments.recordExposures).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ userId: 12 }),
      exposures,
    );
    expect(experiments.recordConversions).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ userId: 12 }),
      conversions,
    );
  });

  test.each([
    ["another site", "exposures", "{}", { "sec-fetch-site": "cross-site" }, 403],
    ["an address that is none of its own", "elsewhere", "{}", {}, 404],
    ["the name of what every object has", "constructor", "{}", {}, 404],
    ["what is no JSON", "exposures", "{", {}, 400],
    [
      "a value of the browser's own",
      "conversions",
      '{"conversions":[{"event":"a","key":"b","value":1}]}',
      {},
      400,
    ],
    ["more than it reads", "exposures", `{"exposures":"${"x".repeat(70_000)}"}`, {}, 413],
  ])("refuses %s, and asks nobody", async (_, path, body, headers, status) => {
    const { experiments, send } = setUp();
    expect((await send(path, body, headers)).status).toBe(status);
    for (const asked of Object.values(experiments)) expect(asked).not.toHaveBeenCalled();
  });

  test("says a failure that was foreseen, and keeps any other to itself", async () => {
    const { experiments, send } = setUp();
    const ask = () => send("answers", { requests: [{ slug: "upgrade-button-test", teamId: 5 }] });
    experiments.decide.mockRejectedValueOnce(new ExperimentError("claim_refused", "You are no member."));
    const refused = await ask();
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ code: "claim_refused", message: "You are no member." });
    experiments.decide.mockRejectedValueOnce(new Error("password=hunter2"));
    const failed = await ask();
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain("hunter2");
  });
});

describe("its health is open to anybody", () => {
  const open = (findFaults: () => Promise<string[]>) => {
    const { GET } = createExperimentsHandler({
      experiments: {} as never,
      identify: () => Promise.reject(new Error("Nobody is asked who they are.")),
      findFaults,
    });
    return async () => {
      const response = await GET(new Request("https://host.example/api/experiments/health"));
      return { status: response.status, body: await response.text() };
    };
  };
  const failing = { status: 503, body: '{"status":"failing"}' };
  afterEach(() => vi.restoreAllMocks());

  test("who share one look at the database, and may look again", async () => {
    vi.spyOn(logger, "error").mockImplementation(() => {});
    const findFaults = vi.fn(async () => ["The view lacks a column."]);
    const ask = open(findFaults);
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(findFaults).toHaveBeenCalledTimes(1);
    findFaults.mockResolvedValueOnce([]);
    expect(await ask()).toEqual({ status: 200, body: '{"status":"ok"}' });
  });

  test("who are told no more than its state, while the log has each cause once until it changes", async () => {
    const [error, warn] = [vi.spyOn(logger, "error"), vi.spyOn(logger, "warn")];
    for (const spy of [error, warn]) spy.mockImplementation(() => {});
    const findFaults = vi.fn<() => Promise<string[]>>();
    const ask = open(findFaults);
    const askAll = async () => {
      for (let time = 0; time < 3; time++) expect(await ask()).toEqual(failing);
    };
    findFaults.mockResolvedValue(["The view experiment_host_users lacks name."]);
    await askAll();
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.any(String), {
      faults: ["The view experiment_host_users lacks name."],
    });
    findFaults.mockRejectedValue(new Error("password authentication failed for user"));
    await askAll();
    expect(warn).toHaveBeenCalledTimes(1);
    findFaults.mockResolvedValue(["The view experiment_host_teams lacks slug."]);
    await askAll();
    expect(error).toHaveBeenCalledTimes(2);
  });
});

describe("who asks", () => {
  const asked = (cookie: string, changes: Partial<Parameters<typeof identify>[0]> = {}) =>
    identify({
      headers: new Headers({ cookie, "user-agent": "Mozilla/5.0" }),
      userId: null,
      secrets: SECRETS,
      ...changes,
    });

  test("is the visitor whose cookie the server has signed, with this secret or the one before", async () => {
    for (const secret of SECRETS) {
      const { id, cookie } = await mintVisitorId(secret);
      expect(await asked(`other=1; ${VISITOR_COOKIE}=${cookie}`)).toMatchObject({
        visitorId: id,
        userId: null,
      });
    }
  });

  test("is the visitor of the strongest cookie that verifies", async () => {
    const [strong, weak] = [await mintVisitorId(SECRETS[0]), await mintVisitorId(SECRETS[0])];
    const both = `${VISITOR_COOKIE}=${weak.cookie}; __Host-${VISITOR_COOKIE}=${strong.cookie}`;
    expect(await asked(both)).toMatchObject({ visitorId: strong.id });
    const forged = `${VISITOR_COOKIE}=${weak.cookie}; __Host-${VISITOR_COOKIE}=${strong.cookie.replace(/.$/, "x")}`;
    expect(await asked(forged)).toMatchObject({ visitorId: weak.id });
  });

  test("is nobody by a cookie that somebody else has signed, or without consent", async () => {
    const foreign = await mintVisitorId("a-secret-of-somebody-else-0123456789");
    expect(await asked(`${VISITOR_COOKIE}=${foreign.cookie}`)).toMatchObject({ visitorId: null });
    const own = await mintVisitorId(SECRETS[0]);
    const answered = await asked(`${VISITOR_COOKIE}=${own.cookie}`, { hasConsent: false });
    expect(answered).toMatchObject({ visitorId: null, hasConsent: false });
  });

  test("is at first sight only by the word of the proxy, and only where a page is rendered", async () => {
    const { id, cookie } = await mintVisitorId(SECRETS[0]);
    const headers = (madeFor: string) =>
      new Headers({ cookie: `${VISITOR_COOKIE}=${cookie}`, "x-visitor-first-sight": madeFor });
    const asks = (madeFor: string, isRender: boolean) => asked("", { headers: headers(madeFor), isRender });
    expect(await asks("this-page", true)).toMatchObject({ visitorId: id, isFirstSight: true });
    expect(await asks("next-page", true)).toMatchObject({ visitorId: null, isFirstSight: false });
    expect(await asks("this-page", false)).toMatchObject({ visitorId: id, isFirstSight: false });
    expect(await asks("next-page", false)).toMatchObject({ visitorId: id, isFirstSight: false });
  });

  test("is a bot by its own word, unless it has signed in", async () => {
    const headers = new Headers({ "user-agent": "Googlebot/2.1" });
    expect(await asked("", { headers })).toMatchObject({ isBot: true });
    expect(await asked("", { headers, userId: 12 })).toMatchObject({ isBot: false, userId: 12 });
  });
});
