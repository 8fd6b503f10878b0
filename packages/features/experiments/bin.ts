#!/usr/bin/env node
import { ScriptError } from "@calcom/lib/script-error";
import { runCli } from "./cli";

try {
  process.stdout.write(await runCli(process.argv.slice(2), new Date()));
} catch (error) {
  if (!(error instanceof ScriptError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
