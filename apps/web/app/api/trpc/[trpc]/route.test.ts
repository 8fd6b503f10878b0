import { ExperimentError, experiments } from "@calcom/features/experiments/server";
import { MAX_CALLS } from "@calcom/trpc/server";
import { expect, test, vi } from "vitest";
import { GET, POST } from "./route";

const identity = { userId: null, visitorId: null, isBot: false, hasConsent: true, address: null };
const identify = vi.fn(async () => identity);
vi.mock("@/lib/identity", () => ({ identityFromRequest: () => identify() }));

const url = (calls: number, input = "") => {
  const path = Array(calls).fill("viewer.experiments.unheard").join();
  return `http://own.invalid/api/trpc/${path}?batch=1${input}`;
};

test("as many calls as the client sends at once are taken, and one more is refused", async () => {
  // Each of them is unknown, and is told so by itself.
  const taken: unknown[] = await (await GET(new Request(url(MAX_CALLS)))).json();
  expect(taken).toHaveLength(MAX_CALLS);
  const refused = await GET(new Request(url(MAX_CALLS + 1)));
  expect(refused.status).toBe(400);
  expect(JSON.stringify(await refused.json())).not.toContain("unheard");
});

test("a body over 1 MB is refused before it is parsed; a smaller one arrives whole", async () => {
  const post = (body: string) =>
    POST(
      new Request("http://own.invalid/api/trpc/viewer.experiments.trackConversion", {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      }),
    );
  const slug = "a".repeat(900_000);
  const tooLong = await post(JSON.stringify({ json: { slug: slug + slug } }));
  expect({ status: tooLong.status, ...(await tooLong.json()) }).toMatchObject({
    status: 413,
    code: "too_large",
  });
  const refused = await post(JSON.stringify({ json: { slug } }));
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("This slug is too long");
});

test.each([
  ["of another site", { "sec-fetch-site": "cross-site" }],
  ["of a neighbour of the same site", { "sec-fetch-site": "same-site" }],
  ["of another origin, in an old browser", { origin: "https://evil.example" }],
])("a page %s cannot call", async (_, headers) => {
  const response = await GET(new Request(url(1), { headers: { host: "own.invalid", ...headers } }));
  expect(response.status).toBe(403);
});

function report() {
  return POST(
    new Request("http://own.invalid/api/trpc/viewer.experiments.trackConversion", {
      method: "POST",
      body: JSON.stringify({ json: { slug: "a-test", event: "clicked", key: "1" } }),
      headers: { "content-type": "application/json" },
    }),
  );
}

test("where a limit refuses, the answer says when to come again", async () => {
  const details = { retryAfterSeconds: 17 };
  const refused = new ExperimentError("rate_limited", "Too many events were reported at once.", { details });
  vi.spyOn(experiments(), "recordConversions").mockRejectedValue(refused);
  const response = await report();
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("17");
});

test("while it cannot be known who calls, the answer is a 503 that the client understands", async () => {
  const away = new ExperimentError("unavailable", "The database isn’t responding. Try again in a moment.");
  identify.mockRejectedValueOnce(away);
  const response = await report();
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { json: { data: { code: "SERVICE_UNAVAILABLE" } } } });
});
