import fs from "node:fs";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { BuiltModule } from "./built-module";
import { compileExamples } from "./compile-examples";
import { packageOf } from "./foreign";
import type { Tarball } from "./make-tarball";
import { importsIn } from "./manifest";
import { openDoors } from "./open-doors";
import { findNewerReact } from "./react-18";
import { tryMainJob } from "./try-main-job";
import { isVendored } from "./vendored";
import type { Written } from "./write-package";
import { findNewerZod } from "./zod-3";

export interface Check {
  name: string;
  /** What is wrong, a line each. */
  problems: string[];
}

/** Everything that a package must be before somebody installs it, by what it is called. */
const CHECKS: Record<string, (written: Written, tarball: Tarball) => string[] | Promise<string[]>> = {
  "imports its own files and what it declares": findUndeclared,
  'keeps "use client"': findLostDirectives,
  "asks React for nothing that 18.2 lacks": (written) => findNewerReact(listOwn(written)),
  "asks zod for nothing that 3.25 lacks": ({ modules }) => findNewerZod(modules),
  "publint finds nothing": (_, tarball) => lint(fs.readFileSync(tarball.file)),
  "its types are right": ({ recipe }, tarball) =>
    judgeTypes(fs.readFileSync(tarball.file), Object.keys(recipe.styles)),
  "fits the code that its document shows": compileExamples,
  "its doors open in plain Node": openDoors,
  "does its work in a database of another application": tryMainJob,
};

/** Side by side: most of them wait for programs. */
export function checkWritten(written: Written, tarball: Tarball): Promise<Check[]> {
  return Promise.all(
    Object.entries(CHECKS).map(async ([name, check]) => ({ name, problems: await check(written, tarball) })),
  );
}

function findUndeclared({ name, dir, manifest, modules, declarations }: Written): string[] {
  const { dependencies, peerDependencies } = manifest;
  const declared = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
  const texts = [
    ...modules.map(({ place, code }) => ({ file: `dist/${place}.js`, text: code })),
    ...[...declarations].map(([place, text]) => ({ file: `dist/${place}.d.ts`, text })),
  ];
  return texts.flatMap(({ file, text }) =>
    importsIn(text)
      .filter((specifier) => {
        const needed = packageOf(specifier);
        if (needed !== null) return needed !== packageOf(name) && !declared.has(needed);
        const target = path.join(dir, path.dirname(file), specifier);
        // Declarations name what they stand beside, which need not be there where it holds types alone.
        const wanted = file.endsWith(".d.ts") ? target.replace(/\.js$/, ".d.ts") : target;
        return specifier.startsWith(".") && !fs.existsSync(wanted);
      })
      .map((specifier) => `${name}/${file} imports ${specifier}`),
  );
}

/** What others have written keeps to ranges of its own. */
function listOwn({ modules }: Written): BuiltModule[] {
  return modules.filter(({ source }) => !isVendored(source));
}

function findLostDirectives(written: Written): string[] {
  return listOwn(written)
    .filter(({ source, code }) => isClient(fs.readFileSync(source, "utf8")) !== isClient(code))
    .map(({ place }) => place);
}

function isClient(text: string): boolean {
  return text.startsWith('"use client";');
}

async function lint(data: Buffer): Promise<string[]> {
  const tarball = new Uint8Array(data).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** In every way of resolving that knows modules: who requires them needs Node 22, and no types. */
async function judgeTypes(data: Buffer, styles: string[]): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(data)), {
    excludeEntrypoints: styles,
  });
  if (analysis.types === false) return ["There are no types."];
  return analysis.problems
    .filter((problem) =>
      (["node16-esm", "bundler"] as const).some((kind) =>
        problemAffectsResolutionKind(problem, kind, analysis),
      ),
    )
    .map((problem) => JSON.stringify(problem));
}
