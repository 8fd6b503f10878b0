import {
  createExperimentsModule,
  ExperimentError,
  type ExperimentsAdmin,
} from "@calcom/features/experiments/server";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase, type Database } from "@calcom/prisma/create";
import { Command, Option } from "commander";
import { openAppDatabase, openDatabaseToRead } from "../../lib/app-database";
import { loadDotEnv } from "../../lib/dot-env";

interface Options {
  by: string;
  unit: "user" | "team";
  apply?: boolean;
  revert?: boolean;
}

export const convertCommand = (): Command =>
  new Command("convert")
    .summary("turn a feature flag into an experiment, or back")
    .description(
      "Says what would happen, and does it with --apply. Whoever the flag has selected keeps what they have, and stays out " +
        "of every comparison. --revert makes it the flag that it was, as long as nobody was assigned.",
    )
    .argument("<flag>", "its slug")
    .requiredOption("--by <email>", "the administrator in whose name it is done")
    .addOption(new Option("--unit <unit>", "who is assigned").choices(["user", "team"]).default("user"))
    .option("--apply", "do it; without this nothing is changed")
    .option("--revert", "turn it back into a flag")
    .action(async (slug: string, options: Options) => console.log(await withAdmin(slug, options)));

async function withAdmin(slug: string, options: Options): Promise<string> {
  loadDotEnv();
  const opened = await (options.apply ? openAppDatabase() : openDatabaseToRead());
  const database = createDatabase({ connectionString: opened.url, max: 4 });
  const module = createExperimentsModule({ database });
  try {
    const actor = { userId: await idOf(database, options.by) };
    return await (options.revert
      ? revert(module.admin, actor, slug, options)
      : convert(module.admin, actor, slug, options));
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new ScriptError(error.message, { cause: error });
  } finally {
    await module.close();
    await database.close();
    await opened.stop();
  }
}

type Actor = { userId: number };

async function convert(admin: ExperimentsAdmin, actor: Actor, slug: string, { unit, apply }: Options) {
  const { imported, obstacle, version } = await admin.flagMigration.plan(actor, { slug, unit });
  if (obstacle !== null) throw new ScriptError(obstacle.message);
  const consequences = `Of those whom it has selected, ${counted(imported.on, unit)} will keep treatment and ${counted(imported.off, unit)} control; they stay out of every comparison.`;
  if (!apply)
    return `${slug} would become a draft of an experiment. ${consequences}\nNothing was changed: add --apply to do it.`;
  await admin.flagMigration.convert(actor, { slug, unit, version });
  return `${slug} is a draft of an experiment now. ${consequences}`;
}

async function revert(admin: ExperimentsAdmin, actor: Actor, slug: string, { apply }: Options) {
  const { version, isConverted, assignments } = await admin.catalog.get(actor, slug);
  if (!isConverted) throw new ScriptError(`${slug} was never a flag.`);
  if (!apply)
    return `${slug} would become a flag again, and ${assignments} rows would go.\nNothing was changed: add --apply to do it.`;
  await admin.flagMigration.revert(actor, { slug, version });
  return `${slug} is a flag again, off for everybody but those whom it had selected.`;
}

function counted(count: number, unit: Options["unit"]): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

async function idOf({ pool }: Database, email: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(`SELECT "id" FROM "User" WHERE "email" = lower($1)`, [
    email,
  ]);
  if (rows[0] === undefined)
    throw new ScriptError(`Nobody has the address ${email}: name an admin who has signed up.`);
  return rows[0].id;
}
