import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { Command, Option } from "commander";
import { root } from "../../lib/paths";
import { type Catalogue, loadCatalogue } from "../catalogue";
import { differences } from "../codegen/compare";
import { declarationOf } from "../codegen/declaration";
import { formatted } from "../codegen/format";
import type { Precision } from "../codegen/payload-type";
import { scan } from "../scan/scan";
import { staleReportOf } from "../scan/stale";

const DEFAULT_FILE = "apps/web/types/experiments.d.ts";

interface Options {
  out: string;
  check?: boolean;
  lenient?: boolean;
  payloads: Precision;
}

export const typesCommand = (): Command =>
  new Command("types")
    .summary("write the types of slugs, variants and payloads from the database")
    .description(
      "Writes the declaration file against which the compiler checks slugs, variants and payloads. Drafts are in it, " +
        "archived experiments are not. Once an experiment is concluded its losing variants are struck through, and code " +
        "that still compares with one is a type error.",
    )
    .option("--out <file>", "where to write it", DEFAULT_FILE)
    .option("--check", "write nothing, and exit with code 1 where the file is not what the database says")
    .option(
      "--lenient",
      "keep what is over: losing variants stay in the types, archived experiments in the file",
    )
    .addOption(
      new Option("--payloads <precision>", "the types of payloads: their very values, or only their shape")
        .choices(["literal", "shape"])
        .default("literal"),
    )
    .action(async ({ out, check, lenient = false, payloads }: Options) => {
      const catalogue = await loadCatalogue();
      const wanted = formatted(declarationOf(catalogue, { payloads, isLenient: lenient }));
      for (const { slug, damage } of catalogue.damaged) console.warn(`${slug} takes any variant: ${damage}`);
      const file = path.resolve(root, out);
      if (check) return refuseDifference(file, wanted, out);
      write(file, wanted, out);
      const { experiments, damaged } = catalogue;
      console.log(`Wrote ${out}: ${count(experiments.length + damaged.length, "experiment")}.`);
      for (const text of codeThatCanGo(catalogue)) console.log(text);
    });

/** A difference in comments alone, such as a pause or another title, is none. */
function refuseDifference(file: string, wanted: string, out: string): void {
  if (!fs.existsSync(file))
    throw new ScriptError(`There is no ${out}: run \`npm run experiments -- types\` and commit it.`);
  const found = differences(fs.readFileSync(file, "utf8"), wanted);
  if (found.length > 0)
    throw new ScriptError(
      `${out} is not what the database says. Run \`npm run experiments -- types\` and commit it.\n${found.join("\n")}`,
    );
  console.log(`${out} is what the database says.`);
}

function write(file: string, text: string, out: string): void {
  if (fs.existsSync(file) && !fs.readFileSync(file, "utf8").includes("ExperimentRegistry"))
    throw new ScriptError(`${out} holds something else: name another file, or remove it first.`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** A paragraph for each experiment that is over and still in the code. */
function codeThatCanGo(catalogue: Catalogue): string[] {
  return staleReportOf(catalogue, scan(root, ["apps"])).finished.map(({ slug, shown, uses }) =>
    [
      `${slug} is over, and everybody sees ${shown}. It is still in the code:`,
      ...uses.map(({ file, line }) => `  ${file}:${line}`),
    ].join("\n"),
  );
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
