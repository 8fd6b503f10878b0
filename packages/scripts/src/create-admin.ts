import readline from "node:readline/promises";
import { Writable } from "node:stream";
import { createAuth } from "@calcom/features/auth/server";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma/create";
import { Command } from "commander";
import { openAppDatabase } from "./lib/app-database";
import { loadDotEnv } from "./lib/dot-env";
import { runProgram } from "./lib/run-program";

const usage = "npm run create-admin -- --email ada@example.com --name Ada";

/**
 * `npm run create-admin`: makes an administrator. What is not given is asked for. The password comes from ADMIN_PASSWORD
 * or is asked for and not shown: an argument would stay in the shell's history and in the list of processes.
 */
export async function createAdminCommand(args: string[]): Promise<void> {
  // Named before the parser could repeat it in a sentence.
  if (args.some((arg) => arg.startsWith("--password")))
    throw new ScriptError(
      "A password is not taken as an argument, which others can read: set ADMIN_PASSWORD, or be asked.",
    );
  const program = new Command("npm run create-admin --")
    .description(
      "Makes an administrator. Asks for what is not given. The password can be set by ADMIN_PASSWORD.",
    )
    .option("--email <email>", "with which they sign in")
    .option("--name <name>", "as others see it")
    .action(createAdmin);
  await runProgram(program, args, "npm run create-admin -- --help");
}

interface Given {
  email?: string;
  name?: string;
}

async function createAdmin({ email, name }: Given): Promise<void> {
  loadDotEnv();
  const input = await complete({ email, name, password: process.env.ADMIN_PASSWORD || undefined });
  const opened = await openAppDatabase();
  const database = createDatabase({ connectionString: opened.url, max: 2 });
  try {
    const admin = await createAuth(database).createAdmin(input);
    console.log(`${admin.name} <${admin.email}> is an administrator now.`);
  } finally {
    await database.close();
    await opened.stop();
  }
}

interface Partial {
  email: string | undefined;
  name: string | undefined;
  password: string | undefined;
}

async function complete(given: Partial): Promise<{ email: string; name: string; password: string }> {
  let isHidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) process.stdout.write(chunk);
      done();
    },
  });
  const terminal = process.stdin.isTTY === true;
  const asker = readline.createInterface({ input: process.stdin, output, terminal });
  const lines = asker[Symbol.asyncIterator]();
  const ask = async (question: string) => {
    process.stdout.write(`${question}: `);
    const { value, done } = await lines.next();
    if (done) throw new ScriptError(`No ${question.toLowerCase()} was given. ${usage}`);
    return String(value);
  };
  try {
    const email = given.email ?? (await ask("Email"));
    const name = given.name ?? (await ask("Name"));
    if (given.password !== undefined) return { email, name, password: given.password };
    isHidden = true;
    const password = await ask("Password");
    process.stdout.write("\n");
    return { email, name, password };
  } finally {
    asker.close();
  }
}
