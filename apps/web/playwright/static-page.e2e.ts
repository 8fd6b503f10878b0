import http from "node:http";
import { aConfig } from "@calcom/features/experiments/testing";
import { expect, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";
import { CHROME } from "./support/person-browser";

const SLUG = "landing-hero-test";
const HEADLINES = {
  control: "The open-source Calendly alternative",
  "benefit-focused": "Schedule meetings in seconds",
} as const;
type Variant = keyof typeof HEADLINES;

const DOCUMENT = { "user-agent": CHROME, "sec-fetch-dest": "document", accept: "text/html" };
const SOFT = { "user-agent": CHROME, "sec-fetch-dest": "empty", rsc: "1" };
const PRIVATE = "private, max-age=0, must-revalidate";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
  const config = aConfig({
    unit: "visitor",
    salt: SLUG,
    variants: [
      { name: "control", percentage: 50 },
      { name: "benefit-focused", percentage: 50 },
    ],
  });
  await server.database.prisma.feature.create({
    data: {
      slug: SLUG,
      type: "EXPERIMENT",
      enabled: true,
      metadata: { ...config },
      epochs: {
        create: {
          number: config.epoch,
          weights: { control: 50, "benefit-focused": 50 },
          trafficPercentage: 100,
        },
      },
    },
  });
});
test.afterAll(() => server.stop());

interface Wire {
  status: number;
  headers: http.IncomingHttpHeaders;
  cookie: string | undefined;
  body: string;
}

/** As it is on the wire: nothing that a browser, a cache or fetch would hide. */
function get(path: string, headers: Record<string, string>): Promise<Wire> {
  return new Promise((resolve, reject) => {
    http
      .get(`${server.baseUrl}${path}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const set = response.headers["set-cookie"]?.find((cookie) => cookie.startsWith("cal_vid="));
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            cookie: set?.split(";")[0],
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      })
      .on("error", reject);
  });
}

function shownIn(body: string): Variant[] {
  return (Object.keys(HEADLINES) as Variant[]).filter((variant) => body.includes(HEADLINES[variant]));
}

const rowOf = (cookie: string | undefined) =>
  server.database.prisma.experimentVariant.findMany({
    where: { visitorId: cookie?.slice("cal_vid=".length).split(".")[0] ?? "" },
  });

test("a first visit has its variant in the HTML, its row in the database, and no cache keeps either", async () => {
  const seen = new Set<string>();
  for (let visitor = 0; visitor < 12; visitor++) {
    const answer = await get("/", DOCUMENT);
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe(PRIVATE);
    const [row, ...others] = await rowOf(answer.cookie);
    expect(others).toEqual([]);
    expect(shownIn(answer.body)).toEqual([row?.variant]);
    expect(row?.exposedAt).toBeNull();
    seen.add(row?.variant ?? "none");
  }
  expect(seen).toEqual(new Set(["control", "benefit-focused"]));
});

test("no answer on the way may be kept for somebody else: HTML, soft navigation and 304", async () => {
  const first = await get("/", DOCUMENT);
  const cookie = first.cookie ?? "";
  const again = await get("/", { ...DOCUMENT, cookie });
  expect(again.cookie).toBeUndefined();
  expect(shownIn(again.body)).toEqual(shownIn(first.body));
  const etag = again.headers.etag ?? "";
  const unchanged = await get("/", { ...DOCUMENT, cookie, "if-none-match": etag });
  expect(unchanged.status).toBe(304);
  // Next holds the parameter to the headers that it stands for, and sends whoever guesses it to the right one.
  const guessed = await get("/?_rsc=abc", { ...SOFT, cookie });
  expect(guessed.status).toBe(307);
  expect(guessed.headers["cache-control"] ?? "").not.toContain("s-maxage");
  const { pathname, search } = new URL(guessed.headers.location ?? "", server.baseUrl);
  const soft = await get(`${pathname}${search}`, { ...SOFT, cookie });
  expect(soft.status).toBe(200);
  expect(soft.headers["content-type"]).toContain("text/x-component");
  expect(soft.cookie).toBeUndefined();
  for (const answer of [first, again, unchanged, soft]) {
    expect(answer.headers["cache-control"]).toBe(PRIVATE);
    expect(answer.headers["cache-control"]).not.toContain("s-maxage");
  }
});

test("an ETag of another variant's page is not taken for this one's", async () => {
  const tags = new Map<string, string>();
  const cookies = new Map<string, string>();
  while (tags.size < 2) {
    const { cookie = "", body } = await get("/", DOCUMENT);
    const variant = shownIn(body)[0] ?? "none";
    cookies.set(variant, cookie);
    tags.set(variant, (await get("/", { ...DOCUMENT, cookie })).headers.etag ?? "");
  }
  const answer = await get("/", {
    ...DOCUMENT,
    cookie: cookies.get("control") ?? "",
    "if-none-match": tags.get("benefit-focused") ?? "",
  });
  expect(answer.status).toBe(200);
  expect(shownIn(answer.body)).toEqual(["control"]);
});

test("a prefetch writes nothing, and gets what the visit will show", async () => {
  const { cookie = "" } = await get("/login", DOCUMENT);
  const ahead = await get("/?_rsc=abc", { ...SOFT, cookie, "next-router-prefetch": "1" });
  expect(ahead.headers["cache-control"]).toBe(PRIVATE);
  const speculated = await get("/", { ...DOCUMENT, cookie, "sec-purpose": "prefetch;prerender" });
  expect(await rowOf(cookie)).toEqual([]);
  const visit = await get("/", { ...DOCUMENT, cookie });
  expect(shownIn(speculated.body)).toEqual(shownIn(visit.body));
  expect(await rowOf(cookie)).toHaveLength(1);
});

for (const path of [
  "/landing",
  "/landing/sticky-control",
  "/landing/sticky-nothing",
  "/landing/x.js",
  "/landing/a/b",
])
  test(`nobody opens ${path}`, async () => {
    const answer = await get(path, DOCUMENT);
    expect(answer.status).toBe(404);
    expect(shownIn(answer.body)).toEqual([]);
    expect((await get(path, SOFT)).status).toBe(404);
  });

test("a bot gets control, and no row", async () => {
  const before = await server.database.prisma.experimentVariant.count();
  const answer = await get("/", {
    ...DOCUMENT,
    "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)",
  });
  expect(shownIn(answer.body)).toEqual(["control"]);
  expect(await server.database.prisma.experimentVariant.count()).toBe(before);
});

test("the winner reaches everybody without a build, and going off everybody at once", async () => {
  const change = (metadata: object) =>
    server.database.pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || $2::jsonb, "enabled" = ($2::jsonb->>'status' = 'running') WHERE "slug" = $1`,
      [SLUG, JSON.stringify(metadata)],
    );
  const shown = async () => {
    const visitors = await Promise.all(Array.from({ length: 12 }, () => get("/", DOCUMENT)));
    return [...new Set(visitors.flatMap(({ body }) => shownIn(body)))];
  };
  await change({ status: "off" });
  await expect.poll(shown).toEqual(["control"]);
  await change({ status: "concluded", winnerVariant: "benefit-focused", endedAt: new Date().toISOString() });
  await expect.poll(shown).toEqual(["benefit-focused"]);
  await change({ winnerVariant: "made-up-since", status: "concluded" });
  await expect.poll(shown).toEqual(["control"]);
  await change({ status: "running", winnerVariant: null, endedAt: null });
  await expect.poll(async () => (await shown()).length).toBe(2);
});
