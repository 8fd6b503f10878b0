import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { withLock } from "../../bootstrap/lock.mjs";
import { bin, root, webDir } from "./paths";
import { runNode, tailOf } from "./processes";

const stampFile = path.join(webDir, ".next/calcom-build");
const sources = ["apps/web", "packages", "prisma", "package-lock.json", "tsconfig.json"];
const ignoredDirectories = new Set([
  "node_modules",
  ".next",
  ".turbo",
  "generated",
  "playwright",
  "scripts",
  "testing",
]);
const ignoredFiles = /\.(test|spec)\.tsx?$|\.md$|\.tsbuildinfo$|^next-env\.d\.ts$/;

/** True where the production build is there and was made from exactly these sources. */
export function isBuildFresh(): boolean {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === sourceHash();
}

/** Makes the production build where it is missing or stale; true where there was something to do. */
export async function buildWeb(onStart: () => void = () => {}): Promise<boolean> {
  if (isBuildFresh()) return false;
  return withLock(root, "build", async () => {
    if (isBuildFresh()) return false;
    onStart();
    const hash = sourceHash();
    fs.rmSync(stampFile, { force: true });
    const { code, output } = await runNode([bin("next/dist/bin/next"), "build"], {
      cwd: webDir,
      env: buildEnv(),
    });
    if (code !== 0) throw new ScriptError(`The production build failed:\n${tailOf(output, 80)}`);
    fs.writeFileSync(stampFile, hash);
    return true;
  });
}

/** What a build depends on stands in its hash: the settings of the running server do not belong to it. */
function buildEnv(): NodeJS.ProcessEnv {
  const settings =
    /^(DATABASE_|TEST_DATABASE_|NEXTAUTH_|POSTHOG_|.*_SECRET$|CONSENT_MODE$|TRUSTED_PROXIES$|PORT$|HOST$)/;
  const kept = Object.entries(process.env).filter(([name]) => !settings.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

function sourceHash(): string {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${value}\0`);
  }
  for (const file of sources.flatMap((source) => filesIn(path.join(root, source)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(entry: string): string[] {
  if (fs.statSync(entry).isFile()) return [entry];
  return fs
    .readdirSync(entry, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((child) => {
      const file = path.join(entry, child.name);
      if (child.isDirectory()) return ignoredDirectories.has(child.name) ? [] : filesIn(file);
      return child.isFile() && !ignoredFiles.test(child.name) ? [file] : [];
    });
}
