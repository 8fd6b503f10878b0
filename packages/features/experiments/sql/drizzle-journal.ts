import fs from "node:fs";
import path from "node:path";
import { number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";
import { readOwnJson } from "@calcom/lib/json";
import { ScriptError } from "@calcom/lib/script-error";
import { z } from "zod";

/** Drizzle applies what its journal lists, in that order, and only what is later than all that it has applied. */
const journalSchema = z.looseObject({
  version: text(20),
  entries: z.array(z.looseObject({ idx: number(), when: number(), tag: text(300) })),
});

const fileOf = (folder: string) => path.join(folder, "meta/_journal.json");

export function hasJournal(folder: string): boolean {
  return fs.existsSync(fileOf(folder));
}

/** What a further migration is called there: by its number, or by the time, as those before it are. */
export function nextDrizzleTag(folder: string, name: string, stamp: string): string {
  const { entries } = readJournal(folder);
  const last = entries.at(-1);
  const isByTime = last !== undefined && !/^\d{4}_/.test(last.tag);
  return `${isByTime ? stamp : String((last?.idx ?? -1) + 1).padStart(4, "0")}_${name}`;
}

/** Whether it was missing. */
export function addMissingToJournal(folder: string, tag: string, now: Date): boolean {
  if (readJournal(folder).entries.some((entry) => entry.tag === tag)) return false;
  appendToJournal(folder, tag, now);
  return true;
}

export function appendToJournal(folder: string, tag: string, now: Date): void {
  const journal = readJournal(folder);
  const last = journal.entries.at(-1);
  journal.entries.push({
    idx: (last?.idx ?? -1) + 1,
    version: journal.version,
    when: Math.max(now.getTime(), (last?.when ?? 0) + 1),
    tag,
    breakpoints: true,
  });
  fs.writeFileSync(fileOf(folder), JSON.stringify(journal, null, 2));
}

function readJournal(folder: string): z.infer<typeof journalSchema> {
  const file = fileOf(folder);
  if (!fs.existsSync(file))
    throw new ScriptError(`${folder} has no meta/_journal.json: generate a migration with Drizzle first.`);
  const journal = journalSchema.safeParse(readOwnJson(fs.readFileSync(file, "utf8")));
  if (!journal.success) throw new ScriptError(`${file} is no journal of Drizzle's.`);
  return journal.data;
}
