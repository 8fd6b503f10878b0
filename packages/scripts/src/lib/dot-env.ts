import fs from "node:fs";
import path from "node:path";
import { root } from "./paths";

/** Adds what stands in the checkout's `.env`; variables that are set already win. */
export function loadDotEnv(): void {
  const file = path.join(root, ".env");
  if (fs.existsSync(file)) process.loadEnvFile(file);
}
