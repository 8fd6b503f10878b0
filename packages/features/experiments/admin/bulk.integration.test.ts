import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ admin } = fixture.module);
  actor = fixture.admin;
});
afterAll(() => fixture.close());

const find = (slug: string) => admin.catalog.get(actor, slug);
const aDraft = (changes = {}) => admin.editing.create(actor, anInput(changes));

async function aPerson(role: "VIEWER" | "EDITOR") {
  const userId = await createUser(fixture.database);
  await fixture.database.prisma.experimentMember.create({ data: { userId, role } });
  return { userId };
}

describe("what is done to several at once", () => {
  it("is done to each that allows it, and each of the others says why not", async () => {
    const [one, other] = [await aRunningExperiment(fixture), await aRunningExperiment(fixture)];
    const draft = await aDraft();
    const stale = { ...(await aRunningExperiment(fixture)), version: 1 };
    const gone = { slug: "gone", version: 1 };
    const rows = [one, draft, stale, gone, other];
    const answers = await admin.bulk.change(actor, { rows, change: { kind: "pause" } });
    expect(answers.map(({ slug, refusal }) => [slug, refusal?.code ?? null])).toEqual([
      [one.slug, null],
      [draft.slug, "invalid_transition"],
      [stale.slug, "stale_version"],
      ["gone", "not_found"],
      [other.slug, null],
    ]);
    expect(answers[1]?.refusal?.message).toContain(`${draft.slug} is a draft`);
    for (const { slug } of [one, other]) expect((await find(slug)).status).toBe("paused");
    expect((await find(stale.slug)).status).toBe("running");
  });

  it("gives a tag, keeps the others, and counts no version where it is there already", async () => {
    const [tagged, plain] = [await aDraft({ tags: ["checkout", "q3"] }), await aDraft()];
    const tag = { kind: "tag", tag: "q3" } as const;
    await admin.bulk.change(actor, { rows: [tagged, plain], change: tag });
    expect(await find(tagged.slug)).toMatchObject({ tags: ["checkout", "q3"], version: tagged.version });
    expect((await find(plain.slug)).tags).toEqual(["q3"]);
  });

  it("refuses one tag too many for its experiment alone", async () => {
    const full = await aDraft({ tags: Array.from({ length: 10 }, (_, index) => `t${index}`) });
    const free = await aDraft();
    const change = { kind: "tag", tag: "more" } as const;
    const answers = await admin.bulk.change(actor, { rows: [full, free], change });
    expect(answers.map(({ refusal }) => refusal?.message ?? null)).toEqual(["Use at most ten tags.", null]);
  });

  it("is in the activity of each, with who did it", async () => {
    const rows = [await aDraft(), await aDraft()];
    await admin.bulk.change(actor, { rows, change: { kind: "archive" } });
    for (const { slug } of rows) {
      const { entries } = await admin.activity.list(actor, { slug });
      expect(entries[0]).toMatchObject({ actor: { id: actor.userId } });
      expect((await find(slug)).status).toBe("archived");
    }
  });
});

describe("a role", () => {
  it.each([
    ["VIEWER", { kind: "pause" }],
    ["VIEWER", { kind: "tag", tag: "mine" }],
    ["EDITOR", { kind: "archive" }],
  ] as const)("of a %s is refused %j, and nothing is changed", async (role, change) => {
    const row = await aRunningExperiment(fixture);
    const person = await aPerson(role);
    await expect(admin.bulk.change(person, { rows: [row], change })).rejects.toMatchObject({
      code: "not_allowed",
    });
    expect((await find(row.slug)).version).toBe(row.version);
  });

  it("of an editor pauses and tags", async () => {
    const row = await aRunningExperiment(fixture);
    const editor = await aPerson("EDITOR");
    const [paused] = await admin.bulk.change(editor, { rows: [row], change: { kind: "pause" } });
    expect(paused).toEqual({ slug: row.slug, refusal: null });
    const present = await find(row.slug);
    await admin.bulk.change(editor, { rows: [present], change: { kind: "tag", tag: "mine" } });
    expect(await find(row.slug)).toMatchObject({ tags: ["mine"], updatedBy: { id: editor.userId } });
  });
});
