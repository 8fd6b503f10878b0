// The administration by the route that other applications mount. The attacks of apps/web come through it as well.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { reviveDates } from "@calcom/lib/dated-json";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createExperimentsHandler } from "../create-handler";
import { anIdentity, anInput, createFixture, createUser, type Fixture } from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
const OWN = { host: "app.example", "sec-fetch-site": "same-origin", "content-type": "application/json" };

let fixture: Fixture;
let stranger: number;
let userId: number | null;
let handler: ReturnType<typeof createExperimentsHandler>;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  stranger = await createUser(fixture.database);
  const { module } = fixture;
  handler = createExperimentsHandler({
    experiments: module.experiments,
    identify: async () => anIdentity({ userId }),
    administration: () => module,
  });
});
afterAll(() => fixture.close());

interface Asked {
  as?: number | null;
  headers?: Record<string, string>;
  body?: string;
}

async function ask(path: string, input?: unknown, { as, headers = OWN, body }: Asked = {}) {
  userId = as === undefined ? fixture.admin.userId : as;
  const response = await handler.POST(
    new Request(`https://app.example/api/experiments/admin/${path}`, {
      method: "POST",
      headers,
      body: body ?? JSON.stringify(input) ?? "",
    }),
  );
  return { status: response.status, headers: response.headers, answer: await response.json() };
}

test("it answers what the service answers, dates among it, and no cache keeps it", async () => {
  const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
  const { status, headers, answer } = await ask("get", { slug });
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(reviveDates(answer)).toEqual(
    JSON.parse(JSON.stringify(await fixture.module.admin.catalog.get(fixture.admin, slug)), (key, value) =>
      /At$|^at$/.test(key) && typeof value === "string" ? new Date(value) : value,
    ),
  );
});

test("it tells who asks what they may do", async () => {
  const { answer } = await ask("standing");
  expect(answer.data).toMatchObject({ userId: fixture.admin.userId, role: "admin" });
  expect(answer.data.permissions).toContain("govern");
});

test("who may not see experiments learns that, and nothing of the input", async () => {
  for (const [as, status] of [
    [null, 401],
    [stranger, 403],
  ] as const)
    for (const path of ["list", "create", "people.look", "results.get"]) {
      const refused = await ask(path, { wrong: true }, { as });
      expect([path, refused.status]).toEqual([path, status]);
      expect(refused.answer.failure.issues).toBeNull();
    }
});

test("a refused input names its fields, and a refusal of the service its code", async () => {
  const wrong = await ask("create", { slug: "Not A Slug" });
  expect(wrong.status).toBe(400);
  expect(wrong.answer.failure.issues.map(({ path }: { path: string }) => path)).toContain("slug");
  const missing = await ask("get", { slug: "nothing-of-this-name" });
  expect([missing.status, missing.answer.failure.app.code]).toEqual([404, "not_found"]);
});

test.each([
  ["another site", { headers: { ...OWN, "sec-fetch-site": "cross-site" } }, 403],
  [
    "a page of another origin",
    { headers: { ...OWN, "sec-fetch-site": "", origin: "https://evil.example" } },
    403,
  ],
  ["a form", { headers: { ...OWN, "content-type": "application/x-www-form-urlencoded" } }, 400],
  ["a form that calls its text JSON", { headers: { ...OWN, "content-type": "text/plain" } }, 400],
  ["JSON that is none", { body: "{" }, 400],
  ["a key that stands twice", { body: '{"slug":"a","slug":"b"}' }, 400],
  ["more than a megabyte", { body: JSON.stringify({ slug: "a".repeat(1_100_000) }) }, 400],
])("%s is refused", async (_, asked, status) => {
  const headers = { ...(asked as Asked).headers };
  if (headers["sec-fetch-site"] === "") delete headers["sec-fetch-site"];
  const given = "headers" in asked ? { ...asked, headers } : asked;
  expect((await ask("get", { slug: "a" }, given)).status).toBe(status);
});

test.each(["nothing", "audience", "get.run", "constructor", "__proto__.list", "toString", "views.list.kind"])(
  "%s is no procedure",
  async (path) => expect((await ask(path)).status).toBe(404),
);

test("a GET reaches nothing", async () => {
  userId = fixture.admin.userId;
  const response = await handler.GET(
    new Request("https://app.example/api/experiments/admin/list", { headers: OWN }),
  );
  expect(response.status).toBe(404);
});
