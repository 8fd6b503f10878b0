// The door of every command of the repository. It runs before anything is installed, so it is plain JavaScript, and it
// runs on old versions of Node, so that it can say that they are old.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

function refuseOldNode() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const needed = engines.node.replace(/[^\d.]/g, "");
  const isOld = compare(process.versions.node, needed) < 0;
  if (isOld)
    throw new Error(
      `Node ${needed} or newer is needed; this is ${process.versions.node} (${process.execPath}).`,
    );
}

function compare(a, b) {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return 0;
}

async function run() {
  refuseOldNode();
  process.chdir(root); // tsx looks for tsconfig.json here
  process.env.CHECKPOINT_DISABLE ??= "1";
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  process.env.TURBO_TELEMETRY_DISABLED ??= "1";
  process.env.DO_NOT_TRACK ??= "1";
  const { install } = await import("./bootstrap/install.mjs");
  await install(root);
  const { generate } = await import("./bootstrap/generate.mjs");
  await generate(root);
  const { register } = await import("tsx/esm/api");
  register();
  const { main } = await import("./src/main.ts");
  await main(process.argv.slice(2));
}

run().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 1;
});
