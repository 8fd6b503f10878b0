import type { ExperimentAnswer, Unit } from "@calcom/features/experiments";
import { createExperimentsModule, type ExperimentsModule } from "@calcom/features/experiments/server";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { Command } from "commander";
import type pg from "pg";
import { openDatabaseToRead } from "../../lib/app-database";
import { loadDotEnv } from "../../lib/dot-env";
import { readConfig } from "../../lib/stored-experiments";

/** Somebody who can sign in, with the team for which they would ask. */
interface Person {
  userId: number;
  email: string;
  teamId?: number;
}

const MOST_ASKED = 2_000;
const NAMED_OF_EACH = 3;

export const whoCommand = (): Command =>
  new Command("who")
    .summary("name people who see each variant, or have a flag")
    .description(
      "Names up to three people for each variant, and counts those who see none by the reason. Of a feature flag it " +
        "names people who have it, and who do not. It asks as a page " +
        `would, for the first ${MOST_ASKED.toLocaleString("en")} people or teams, and writes nothing.`,
    )
    .argument("<slug>", "the experiment or feature flag")
    .action(async (slug: string) => console.log(await named(slug)));

async function named(slug: string): Promise<string> {
  loadDotEnv();
  const opened = await openDatabaseToRead();
  const database = createDatabase({ connectionString: opened.url, max: 4 });
  const module = createExperimentsModule({ database, isJob: true, decisionBudgetMs: 10_000 });
  try {
    const flag = await findFlag(database.pool, slug);
    if (flag !== null) return await namedOfFlag(module, database.pool, slug, flag.unit);
    const { unit, assignmentType, variants, status } = await readConfig(database.pool, slug);
    if (unit === "visitor")
      throw new ScriptError(
        `${slug} is for visitors, who have no names: open its page in one private window after the other.`,
      );
    if (status !== "running" && status !== "paused")
      throw new ScriptError(`${slug} is ${status}: people differ only while it runs.`);
    const people = await (unit === "user" ? findUsers(database.pool) : findTeams(database.pool));
    const seen = await ask(
      module,
      slug,
      people,
      variants.map(({ name }) => name),
    );
    return wordsOf(seen, { unit, asked: people.length, isRandom: assignmentType === "random" });
  } finally {
    await module.close();
    await database.close();
    await opened.stop();
  }
}

/** Null for an experiment, and for what is not there. */
async function findFlag(pool: pg.Pool, slug: string): Promise<{ unit: "user" | "team" } | null> {
  const { rows } = await pool.query<{ unit: "user" | "team" }>(
    `SELECT coalesce("rolloutUnit", 'user') AS "unit" FROM "Feature" WHERE "slug" = $1 AND "type" <> 'EXPERIMENT'`,
    [slug],
  );
  return rows[0] ?? null;
}

/** By the same answers as of an experiment: on is the variant by which a flag is told there. */
async function namedOfFlag(
  module: ExperimentsModule,
  pool: pg.Pool,
  slug: string,
  unit: "user" | "team",
): Promise<string> {
  const people = await (unit === "user" ? findUsers(pool) : findTeams(pool));
  const { byVariant } = await ask(module, slug, people, ["on", "off"], (answer) => ({
    variant: answer?.variant === FLAG_ON ? "on" : "off",
    reason: "flag",
  }));
  return [...byVariant]
    .map(([state, emails]) => `${state}: ${emails.join(", ") || `nobody of ${people.length} ${unit}s`}`)
    .join("\n");
}

const FLAG_ON = "treatment";

interface Seen {
  byVariant: Map<string, string[]>;
  /** How many see none, by the reason. */
  others: Map<string, number>;
}

/** Ends as soon as there is somebody for everything. */
async function ask(
  { experiments }: ExperimentsModule,
  slug: string,
  people: readonly Person[],
  variants: readonly string[],
  toShown: (answer: ExperimentAnswer | null) => Shown | null = (answer) => answer,
): Promise<Seen> {
  const seen: Seen = { byVariant: new Map(variants.map((name) => [name, []])), others: new Map() };
  for (const { userId, email, teamId } of people) {
    const identity = { userId, visitorId: null, isBot: false, hasConsent: true, address: null };
    const [answer] = await experiments.foresee(identity, [
      { slug, ...(teamId === undefined ? {} : { teamId }) },
    ]);
    note(seen, toShown(answer ?? null), email);
    if ([...seen.byVariant.values()].every((emails) => emails.length >= NAMED_OF_EACH)) break;
  }
  return seen;
}

/** What is noted of an answer. */
interface Shown {
  variant: string | null;
  reason: string;
}

function note({ byVariant, others }: Seen, answer: Shown | null, email: string): void {
  if (answer === null || answer.variant === null) {
    const reason = answer === null ? "drawn when they look" : answer.reason;
    others.set(reason, (others.get(reason) ?? 0) + 1);
    return;
  }
  const emails = byVariant.get(answer.variant) ?? [];
  if (emails.length < NAMED_OF_EACH && !emails.includes(email)) emails.push(email);
  byVariant.set(answer.variant, emails);
}

function wordsOf(
  { byVariant, others }: Seen,
  { unit, asked, isRandom }: { unit: Unit; asked: number; isRandom: boolean },
): string {
  const all = asked === 1 ? `the one ${unit}` : `${asked} ${unit}s`;
  const someoneNew =
    unit === "user" ? "Sign somebody up at /signup, and ask again." : "Make a further team, and ask again.";
  return [
    ...[...byVariant].map(([variant, emails]) =>
      emails.length > 0
        ? `${variant}: ${emails.join(", ")}`
        : `${variant}: nobody of ${all}. ${isRandom ? "Variants are drawn: look as several people." : someoneNew}`,
    ),
    ...[...others].map(([reason, count]) => `${count} see none: ${reason}.`),
  ].join("\n");
}

async function findUsers(pool: pg.Pool): Promise<Person[]> {
  const { rows } = await pool.query<Person>(
    `SELECT "id" AS "userId", "email" FROM "User" ORDER BY "id" LIMIT ${MOST_ASKED}`,
  );
  return rows;
}

/** Each team by its first member. */
async function findTeams(pool: pg.Pool): Promise<Person[]> {
  const { rows } = await pool.query<Person>(
    `SELECT DISTINCT ON (member."teamId") member."teamId", person."id" AS "userId", person."email"
     FROM "Membership" AS member JOIN "User" AS person ON person."id" = member."userId"
     WHERE member."accepted" ORDER BY member."teamId", person."id" LIMIT ${MOST_ASKED}`,
  );
  return rows;
}
