import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";
import { runNpm } from "../lib/npm";
import { packDir, type Written } from "./write-package";

export interface Tarball {
  file: string;
  bytes: number;
}

const answerSchema = z.tuple([z.object({ filename: z.string(), size: z.number() })]);

/** Packs a folder as npm would publish it. */
export async function makeTarball({ name, dir }: Written): Promise<Tarball> {
  const args = ["pack", "--json", "--silent", "--ignore-scripts", "--pack-destination", packDir];
  const { code, output } = await runNpm(args, dir);
  if (code !== 0) throw new ScriptError(`npm did not pack ${name}:\n${output}`);
  const [{ filename, size }] = answerSchema.parse(JSON.parse(output));
  const file = path.join(packDir, filename);
  if (!fs.existsSync(file)) throw new ScriptError(`npm packed ${name}, but there is no ${file}.`);
  return { file, bytes: size };
}
