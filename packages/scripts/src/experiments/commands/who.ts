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
    .summary("name people who see each variant")
    .description(
      "Names up to three people for each variant, and counts those who see none by the reason. It asks as a page " +
        `would, for the first ${MOST_ASKED.toLocaleString("en")} people or teams, and writes nothing.`,
    )
    .argument("<slug>", "the experiment")
    .action(async (slug: string) => console.log(await named(slug)));

async function named(slug: string): Promise<string> {
  loadDotEnv();
  const opened = await openDatabaseToRead();
  const database = createDatabase({ connectionString: opened.url, max: 4 });
  const module = createExperimentsModule({ database, isJob: true, decisionBudgetMs: 10_000 });
  try {
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
): Promise<Seen> {
  const seen: Seen = { byVariant: new Map(variants.map((name) => [name, []])), others: new Map() };
  for (const { userId, email, teamId } of people) {
    const identity = { userId, visitorId: null, isBot: false, hasConsent: true, address: null };
    const [answer] = await experiments.foresee(identity, [
      { slug, ...(teamId === undefined ? {} : { teamId }) },
    ]);
    note(seen, answer ?? null, email);
    if ([...seen.byVariant.values()].every((emails) => emails.length >= NAMED_OF_EACH)) break;
  }
  return seen;
}

function note({ byVariant, others }: Seen, answer: ExperimentAnswer | null, email: string): void {
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
