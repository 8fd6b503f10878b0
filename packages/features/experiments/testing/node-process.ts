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
  requireAdmin: async () => {},
});

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { slug, userId } = JSON.parse(line) as { slug: string; userId: number };
  const [answer] = await experiments.decide(anIdentity({ userId }), [{ slug }]);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
