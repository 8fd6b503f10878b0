import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { codeOf, ScriptError } from "@calcom/lib/script-error";

const names = ["NEXTAUTH_SECRET", "VISITOR_COOKIE_SECRET", "PREVIEW_SECRET"] as const;

export type Secrets = Record<(typeof names)[number], string>;

/** The secrets of the embedded installation, made at its first start and kept beside its data. */
export function embeddedSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  if (!fs.existsSync(file)) writeOnce(file);
  const stored: Partial<Secrets> = JSON.parse(fs.readFileSync(file, "utf8"));
  const missing = names.find((name) => typeof stored[name] !== "string");
  if (missing !== undefined) {
    throw new ScriptError(
      `${file} lacks ${missing}: remove the file to have new secrets made (everybody is signed out).`,
    );
  }
  return stored as Secrets;
}

/** Complete under its name or not there; of two writers the first one's stay. */
function writeOnce(file: string): void {
  const secrets = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString("hex")]));
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    fs.linkSync(fresh, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
}
