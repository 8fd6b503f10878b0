import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { Command } from "commander";
import { root } from "../lib/paths";
import { runProgram } from "../lib/run-program";
import { checkWritten } from "./checks";
import { makeTarball } from "./make-tarball";
import { inKilobytes } from "./readme";
import { RECIPES, type Recipe } from "./recipes";
import { writePackage } from "./write-package";

/** `npm run pack`: tarballs that somebody can install, and whether they are fit for it. */
export async function pack(args: string[]): Promise<void> {
  const program = new Command("npm run pack --")
    .description("Builds the packages that other applications install, and checks them.")
    .option("--scope <scope>", "puts their names into a scope, such as @acme")
    .option("--quick", "as the stage of `npm test` does")
    .action(async ({ scope }: { scope?: string }) => {
      if (scope !== undefined && !/^@[a-z0-9~-][a-z0-9._~-]*$/.test(scope))
        throw new ScriptError(`"${scope}" is no scope: it begins with @, such as @acme.`);
      const failed: string[] = [];
      for (const recipe of RECIPES) failed.push(...(await packOne(recipe, scope)));
      if (failed.length > 0)
        throw new ScriptError(`The packages are not fit to install:\n${failed.join("\n")}`);
    });
  await runProgram(program, args, "npm run pack -- --help");
}

/** Returns what it is not fit for. */
async function packOne(recipe: Recipe, scope: string | undefined): Promise<string[]> {
  const name = scope === undefined ? recipe.name : `${scope}/${recipe.name}`;
  const written = await writePackage(recipe, name);
  const tarball = await makeTarball(written);
  const { modules, code, types, maps } = written.sizes;
  console.log(
    `${path.relative(root, tarball.file)}: ${inKilobytes(tarball.bytes)}; ${modules} modules with ${inKilobytes(code)} of JavaScript, ${inKilobytes(types)} of types, ${inKilobytes(maps)} of source maps`,
  );
  const failed: string[] = [];
  for (const { name: check, problems } of await checkWritten(written, tarball)) {
    const isMet = problems.length === 0;
    console.log(`${isMet ? "met   " : "MISSED"} ${name} ${check}`);
    for (const problem of problems) console.log(`  ${problem}`);
    if (!isMet) failed.push(`${name} ${check}`);
  }
  return failed;
}
