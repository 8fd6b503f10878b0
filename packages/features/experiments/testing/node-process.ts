// A node of its own: a process with its own cache, pool and listener, asked over its standard input.
import readline from "node:readline";
import { createDatabase } from "@calcom/prisma";
import { noTracker } from "../lib/tracker";
import { createExperimentsModule } from "../server";
import { anIdentity } from "./database-fixtures";

const database = createDatabase({ connectionString: String(process.argv[2]) });
const { experiments } = createExperimentsModule({
  database,
  tracker: noTracker,
});

async function answer(line: string): Promise<void> {
  const { id, slug, userId } = JSON.parse(line) as { id: number; slug: string; userId: number };
  const [answer] = await experiments.decide(anIdentity({ userId }), [{ slug }]);
  process.stdout.write(`${JSON.stringify({ id, answer })}\n`);
}

const lines = readline.createInterface({ input: process.stdin });
// Not one after the other: a server has many requests under way.
lines.on("line", (line) => void answer(line));
lines.on("close", () => process.exit(0));
