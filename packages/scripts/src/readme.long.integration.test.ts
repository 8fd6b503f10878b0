import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import {
  anIdentity,
  anInput,
  createFixture,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { seedDemo } from "@calcom/seed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../features/experiments/testing/compile-examples";
import { root } from "./lib/paths";
import { printedCommandsOf } from "./testing/printed-commands";
import { runMain } from "./testing/run-main";

// "A first experiment in five minutes" of the README, as somebody follows it who has just come.

const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
const { connectionString } = await testDatabase();
const run = (args: string[]) => runMain(args, connectionString);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-readme-"));
let fixture: Fixture;

beforeAll(async () => {
  await seedDemo({ connectionString });
  fixture = await createFixture(connectionString);
});
afterAll(async () => {
  await fixture.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** What the README prints of a command that begins so. */
function printed(...begin: string[]): string[] {
  const found = printedCommandsOf("README.md")
    .map(({ name, args }) => [name, ...args])
    .find((words) => begin.every((word, index) => words[index] === word));
  if (found === undefined) throw new Error(`The README prints no ${begin.join(" ")}.`);
  return found;
}

/** The text of one of its steps. */
function step(number: number): string {
  const [, text = ""] =
    new RegExp(`^${number}\\. ([\\s\\S]*?)(?=^\\d+\\. |^\\*\\*|^More )`, "m").exec(readme) ?? [];
  return text;
}
const codeOf = (text: string) => /```tsx\n([\s\S]*?)```/.exec(text)?.[1]?.replaceAll(/^ {3}/gm, "") ?? "";
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

test("the command for results ends in a verdict, and its undoing leaves nobody", {
  timeout: 240_000,
}, async () => {
  const command = printed("simulate", "traffic");
  const slug = String(command[command.indexOf("--experiment") + 1]);
  expect(await run(command)).toMatchObject({ code: 0 });
  const { result } = await fixture.module.results.get(fixture.admin, slug);
  expect(result?.analysis?.verdict.code).toBe("better");
  expect(await run(["simulate", "traffic", "--experiment", slug, "--undo"])).toMatchObject({ code: 0 });
  expect(await fixture.database.prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(0);
});

describe("the experiment of one's own", { timeout: 180_000 }, () => {
  const [name = "", slug = "", variant = "", event = ""] = quoted(step(4));

  beforeAll(async () => {
    const variants = ["control", variant].map((each) => ({ name: each, percentage: 50 }));
    const input = anInput({ slug, name, variants, clientEvents: [event] });
    const { version } = await fixture.module.admin.editing.create(fixture.admin, input);
    await fixture.module.admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" });
  });

  test("has types by the command, and its code compiles with them and without them not", async () => {
    const out = path.join(dir, "experiments.d.ts");
    expect(await run([...printed("experiments", "types"), "--out", out])).toMatchObject({ code: 0 });
    const types = "apps/web/types/experiments.d.ts";
    const [file = ""] = quoted(step(6));
    const [pageFile = ""] = quoted(step(7));
    const page = fs.readFileSync(path.join(root, pageFile), "utf8");
    const before = /^ *<ExperimentProvider[\s\S]*<\/ExperimentProvider>\n/m.exec(page)?.[0] ?? "";
    const importing = 'import { PlansLink } from "@/modules/billing/PlansLink";\n';
    const edited = importing + page.replace(before, codeOf(step(7)));
    const changed = { [file]: codeOf(step(6)), [pageFile]: edited };
    const all = Object.entries(changed).map(([each, code]) => ({
      name: each,
      file: path.join(root, each),
      code,
    }));
    const told = compile(all, { ...changed, [types]: fs.readFileSync(out, "utf8") });
    expect([...told]).toEqual([
      [file, []],
      [pageFile, []],
    ]);
    expect(compile(all.slice(0, 1), changed).get(file)).not.toEqual([]);
  });

  async function shownTo(emails: string[]): Promise<Map<string, string | null>> {
    const shown = new Map<string, string | null>();
    for (const email of emails) {
      const { id } = await fixture.database.prisma.user.findUniqueOrThrow({ where: { email } });
      const [answer] = await fixture.module.experiments.foresee(anIdentity({ userId: id }), [{ slug }]);
      shown.set(email, answer?.variant ?? null);
    }
    return shown;
  }

  test("is seen in each variant by people whom the command names, whatever the salt", async () => {
    const { pool } = fixture.database;
    const command = printed("experiments", "who");
    const named = async () => {
      const { code, stdout } = await run(command);
      expect(code).toBe(0);
      return new Map(stdout.split("\n").map((line) => line.split(": ") as [string, string]));
    };
    for (let salt = 0; salt < 5; salt++) {
      await pool.query(
        `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{salt}', to_jsonb($2::text)) WHERE "slug" = $1`,
        [slug, crypto.randomUUID()],
      );
      let seen = await named();
      // As it says itself, where a draw in five hundred gives the whole demo one variant.
      while ([...seen.values()].some((people) => people?.startsWith("nobody"))) {
        await fixture.database.prisma.user.create({
          data: { email: `${crypto.randomUUID()}@test.example`, name: "Uma", passwordHash: "-" },
        });
        seen = await named();
      }
      const expected = new Map<string, string>();
      for (const each of ["control", variant])
        for (const email of seen.get(each)?.split(", ") ?? []) expected.set(email, each);
      // This node hears of the other salt a moment later.
      await expect.poll(() => shownTo([...expected.keys()])).toEqual(expected);
      expect(new Set(expected.values())).toEqual(new Set(["control", variant]));
    }
  });
});
