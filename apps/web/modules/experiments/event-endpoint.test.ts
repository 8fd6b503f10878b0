import { ExperimentError } from "@calcom/features/experiments/server";
import { exposuresSchema } from "@calcom/features/experiments/types";
import { INTERNAL_MESSAGE } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { afterEach, describe, expect, test, vi } from "vitest";
import { eventEndpoint } from "./event-endpoint";

const identity = { userId: 12, visitorId: null, isBot: false, hasConsent: true, address: null };
vi.mock("@/lib/identity", () => ({ identityFromRequest: async () => identity }));

const record = vi.fn(async (_identity: unknown, _reports: unknown): Promise<unknown> => ({ recorded: 1 }));
const post = eventEndpoint(exposuresSchema, record);
afterEach(() => void record.mockReset());

const REPORT = JSON.stringify({ exposures: [{ slug: "upgrade-button-test", userId: 12 }] });

async function send(body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/experiments/exposures", {
    method: "POST",
    body,
    headers: { host: "localhost:3000", ...headers },
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
  const response = await post(request);
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

describe("a report from our own page", () => {
  test.each([
    ["fetch", { "content-type": "application/json", "sec-fetch-site": "same-origin" }],
    ["beacon", { "content-type": "text/plain;charset=UTF-8", origin: "http://localhost:3000" }],
  ])("by %s is recorded for the request's own identity", async (_, headers) => {
    expect(await send(REPORT, headers)).toEqual({ status: 204, body: null });
    expect(record).toHaveBeenCalledExactlyOnceWith(identity, {
      exposures: [{ slug: "upgrade-button-test", userId: 12, ageMs: 0 }],
    });
  });
});

describe("a report is refused, and nothing is recorded,", () => {
  test.each([
    ["from another site", { "sec-fetch-site": "cross-site" }],
    ["from a neighbour of the same site", { "sec-fetch-site": "same-site" }],
    ["from another origin, by an old browser", { origin: "https://evil.example" }],
    ["from an origin that is none", { origin: "null" }],
  ])("%s", async (_, headers) => {
    expect(await send(REPORT, headers)).toMatchObject({ status: 403, body: { code: "cross_site" } });
    expect(record).not.toHaveBeenCalled();
  });

  test.each([
    ["that is no JSON", "{", "Send the reports as JSON."],
    ["that is empty", "", "Send the reports as JSON."],
    ["without reports", '{"exposures":[]}', "exposures: "],
    ["without a slug", `{"exposures":[{"slug":""}]}`, "exposures.0.slug: Choose an experiment"],
    [
      "with too many",
      JSON.stringify({ exposures: Array.from({ length: 51 }, () => ({ slug: "a" })) }),
      "exposures: ",
    ],
  ])("%s, and says where it is wrong", async (_, body, message) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { code: "invalid_input", message: expect.stringContaining(message) },
    });
    expect(record).not.toHaveBeenCalled();
  });

  test("that is too long, whether or not it says so", async () => {
    const big = "a".repeat(64 * 1024 + 1);
    expect(await send(big, { "content-length": String(big.length) })).toMatchObject({ status: 413 });
    expect(await send(new Blob([big]).stream())).toMatchObject({ status: 413, body: { code: "too_large" } });
    expect(record).not.toHaveBeenCalled();
  });
});

describe("what goes wrong behind it", () => {
  test("and was foreseen, is said with its code", async () => {
    record.mockRejectedValue(new ExperimentError("claim_refused", "You are not a member of that team."));
    expect(await send(REPORT)).toEqual({
      status: 403,
      body: { code: "claim_refused", message: "You are not a member of that team." },
    });
  });

  test("and is an outage, asks for the report again, and leaves its cause in the log", async () => {
    const log = vi.spyOn(logger, "warn").mockImplementation(() => {});
    const outage = new ExperimentError("unavailable", "Try again in a moment.", {
      cause: new Error("refused"),
    });
    record.mockRejectedValue(outage);
    expect(await send(REPORT)).toEqual({
      status: 503,
      body: { code: "unavailable", message: "Try again in a moment." },
    });
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.any(String),
      expect.objectContaining({ error: outage }),
    );
  });

  test("and was not, stays in the log", async () => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    const secret = new Error("connect ECONNREFUSED 10.0.0.5:5432");
    record.mockRejectedValue(secret);
    const { status, body } = await send(REPORT);
    expect({ status, body }).toEqual({
      status: 500,
      body: { code: "internal", message: INTERNAL_MESSAGE },
    });
    expect(log).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ error: secret }));
  });
});
