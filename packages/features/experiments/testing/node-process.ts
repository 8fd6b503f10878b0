// A node of its own: a process with its own cache, pool and listener, asked over its standard input.
import readline from "node:readline";
import { createDatabase } from "@calcom/prisma";
import { createExperimentTracker } from "../lib/experiment-factory";
import type { Identity } from "../serve/identity";
import type { ServerConversion } from "../serve/server-conversion";
import { createExperimentsModule } from "../server";
import { anIdentity } from "./database-fixtures";

const [connectionString = "", host = "", key] = process.argv.slice(2);
const database = createDatabase({ connectionString });
const { experiments } = createExperimentsModule({
  // Nobody's page waits for it, and the machine may be busy.
  decisionBudgetMs: 10_000,
  database,
  tracker: createExperimentTracker({ key, host }),
});

export type NodeCommand =
  | { id: number; from: Partial<Identity>; slug: string }
  | { id: number; exposed: number; to: string }
  | { id: number; userId: number; conversion: ServerConversion; teamId?: number };

async function carryOut(command: NodeCommand): Promise<unknown> {
  if ("slug" in command)
    return (await experiments.decide(anIdentity(command.from), [{ slug: command.slug }]))[0];
  if ("exposed" in command)
    return experiments.recordExposures(anIdentity({ userId: command.exposed }), [{ slug: command.to }]);
  const { userId, teamId } = command;
  const subject = { userId, ...(teamId === undefined ? {} : { teamId }) };
  return experiments.trackConversion(command.conversion, { subject });
}

async function answer(line: string): Promise<void> {
  const command = JSON.parse(line) as NodeCommand;
  const { id } = command;
  const answer = await carryOut(command);
  process.stdout.write(`${JSON.stringify({ id, answer })}\n`);
}

const lines = readline.createInterface({ input: process.stdin });
// Not one after the other: a server has many requests under way.
lines.on("line", (line) => void answer(line));
lines.on("close", () => process.exit(0));
