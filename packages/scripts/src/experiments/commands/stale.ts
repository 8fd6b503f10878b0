import { Command } from "commander";
import { root } from "../../lib/paths";
import { loadCatalogue } from "../catalogue";
import { scan } from "../scan/scan";
import { isClean, staleReportOf, wordsOf } from "../scan/stale";

interface Options {
  json?: boolean;
  strict?: boolean;
  tests?: boolean;
}

export const staleCommand = (): Command =>
  new Command("stale")
    .summary("list finished experiments and unknown slugs that are still in the code")
    .description(
      "Lists where the code still names experiments that are concluded or archived, with what everybody sees, and slugs " +
        "that no experiment has. Reads the syntax of each file: aliases, lists and constants are looked through.",
    )
    .argument("[paths...]", "files and folders to search", ["apps"])
    .option("--json", "print the report as JSON")
    .option("--strict", "exit with code 1 if something was found")
    .option("--tests", "search tests too")
    .action(async (paths: string[], { json, strict, tests = false }: Options) => {
      const found = scan(root, paths, { hasTests: tests });
      const report = staleReportOf(await loadCatalogue(), found);
      console.log(json ? JSON.stringify(report, null, 2) : wordsOf(report));
      if (strict && !isClean(report)) process.exitCode = 1;
    });
