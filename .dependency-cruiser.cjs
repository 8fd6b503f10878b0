// What a folder is called says what it may import; CONTRIBUTING.md has the tree.
// dependency-rules.test.ts in packages/scripts plants a violation of each rule and sees it caught. The order of the
// rooms within the experiments module is held by layout/layout.test.ts beside it.
const fs = require("node:fs");
const { builtinModules } = require("node:module");
const path = require("node:path");

const feature = "^packages/features/[^/]+/";
const experiments = "^packages/features/experiments/";
// lib/experiment-factory.ts stays where the plan has it: it chooses between a tracker of the server and none.
const core = [
  "^packages/statistics/src/",
  `${feature}(types|utils|metrics|lib/conditions|results(?!/recount))/`,
  `${feature}lib/(?!experiment-factory\\.)[^/]+$`,
  `${feature}(types|errors)\\.ts$`,
].join("|");
const ui = `${feature}(hooks|context|components|lib/client)/`;
const server = [
  `${feature}(lib/server|sql|serve|admin|procedures|results/recount)/`,
  `${feature}(.*\\.(repository|service)|server|module|next|install|(create|open)-[a-z-]+|lib/experiment-factory)\\.ts$`,
].join("|");
const tests = "\\.(test|spec)\\.tsx?$|/testing/";
const node = `^(node:)?(${builtinModules.join("|")})$`;
const tools = "^packages/(scripts|bench|embedded-postgres|seed)/";

/** Each workspace: its folder, and those of the workspaces that its package.json declares. */
const workspaces = readWorkspaces();

function readWorkspaces() {
  const dirs = ["apps", "packages"].flatMap((parent) =>
    fs.existsSync(parent) ? fs.readdirSync(parent).map((name) => path.posix.join(parent, name)) : [],
  );
  const found = [...dirs, "prisma"]
    .filter((dir) => fs.existsSync(path.join(dir, "package.json")))
    .map((dir) => ({ dir, manifest: JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8")) }));
  const dirOf = new Map(found.map(({ dir, manifest }) => [manifest.name, dir]));
  return found.map(({ dir, manifest: { dependencies, devDependencies } }) => ({
    dir,
    declared: Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => dirOf.get(name) ?? []),
  }));
}

/** The folders of the workspaces that lead to this one, by whichever way. */
function dependentsOf(dir, found = new Set()) {
  for (const one of workspaces) {
    if (!one.declared.includes(dir) || found.has(one.dir)) continue;
    found.add(one.dir);
    dependentsOf(one.dir, found);
  }
  return [...found];
}

const anyOf = (dirs) => (dirs.length === 0 ? "^$" : `^(${dirs.join("|")})/`);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-is-pure",
      comment: "Hashing, targeting, lifecycle and statistics reach no I/O, not even through a friend.",
      severity: "error",
      from: { path: core, pathNot: tests },
      to: {
        path: `^prisma/|${ui}|${server}|^packages/(trpc|ui)/|^apps/|node_modules/(react|next|pg|@prisma|posthog)`,
        reachable: true,
      },
    },
    {
      name: "core-has-no-node",
      comment: "Core runs in the browser too.",
      severity: "error",
      from: { path: core, pathNot: tests },
      to: { path: node, reachable: true },
    },
    {
      name: "only-repositories-touch-prisma",
      comment: "server.ts, where the parts are joined, hands the client over and uses it for nothing else.",
      severity: "error",
      from: { path: "^packages/", pathNot: `\\.repository\\.ts$|/server\\.ts$|${tests}|${tools}` },
      to: { path: "^prisma/" },
    },
    {
      name: "repositories-do-not-know-services",
      severity: "error",
      from: { path: `${feature}.*\\.repository\\.ts$`, pathNot: tests },
      to: { path: `${feature}(.*\\.service\\.ts$|server\\.ts$)` },
    },
    {
      name: "client-never-reaches-server",
      comment: "Keeps Prisma and secrets out of the browser bundle.",
      severity: "error",
      from: { path: `${ui}|${feature}(index|proxy)\\.ts$`, pathNot: tests },
      to: { path: `${server}|^prisma/|^packages/lib/(env|logger)\\.ts$`, reachable: true },
    },
    {
      name: "admin-pages-know-the-server-by-type",
      comment: "A value of the server would come into the browser with it.",
      severity: "error",
      from: { path: "^packages/features/experiments-admin/", pathNot: tests },
      to: { path: `${server}|^prisma/`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "client-has-no-node",
      comment: "What is pure but for one hash would break the bundle, or bring a polyfill along.",
      severity: "error",
      from: { path: `${ui}|${feature}(index|proxy)\\.ts$`, pathNot: tests },
      to: { path: node, reachable: true },
    },
    {
      name: "features-do-not-know-trpc",
      comment: "trpc imports features: the other way round is a cycle. Hooks use the port in context/.",
      severity: "error",
      from: { path: "^packages/features/" },
      to: { path: "^packages/trpc/" },
    },
    {
      name: "features-meet-at-the-door",
      comment:
        "Another feature is imported by index.ts, server.ts, next.ts, types.ts, its hooks, its core, its ways of asking the database and of answering calls, or a component of its top row, never by an inner path.",
      severity: "error",
      from: { path: "^packages/features/([^/]+)/" },
      to: {
        path: "^packages/features/(?!node_modules/)",
        pathNot:
          "^packages/features/($1/|[^/]+/((index|server|next|types|(hooks|utils|sql|procedures)/index|results/(types|report))\\.ts$|components/[^/]+\\.tsx$|(components/)?testing/))",
      },
    },
    {
      name: "ui-has-no-data",
      comment: "The component library draws what it is given.",
      severity: "error",
      from: { path: "^packages/ui/", pathNot: tests },
      to: { path: "^(prisma|apps)/|^packages/(?!ui/)" },
    },
    {
      name: "product-does-not-know-tools",
      comment: "Scripts and test helpers stay out of what is served.",
      severity: "error",
      from: { path: "^(apps|packages|prisma)/", pathNot: `${tests}|${tools}|^apps/web/playwright/` },
      to: { path: tools },
    },
    {
      name: "packages-do-not-know-apps",
      severity: "error",
      from: { path: "^(packages|prisma)/" },
      to: { path: "^apps/" },
    },
    ...workspaces.map(({ dir, declared }) => ({
      name: "workspaces-are-declared",
      comment: "Turborepo takes from package.json what has to be built and checked anew after a change.",
      severity: "error",
      from: { path: `^${dir}/` },
      to: {
        path: anyOf(workspaces.map((one) => one.dir).filter((one) => one !== dir && !declared.includes(one))),
      },
    })),
    ...workspaces.map(({ dir }) => ({
      name: "workspaces-form-no-cycle",
      severity: "error",
      from: { path: `^${dir}/` },
      to: { path: anyOf(dependentsOf(dir).filter((one) => one !== dir)) },
    })),
    {
      name: "npm-packages-are-declared",
      comment: "What resolves only because another workspace has it breaks when that one drops it.",
      severity: "error",
      from: { path: "^(apps|packages|prisma)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "product-needs-no-dev-dependency",
      severity: "error",
      from: {
        path: "^(apps|packages|prisma)/",
        pathNot: `${tests}|${tools}|\\.test-d\\.ts$|/test-probe\\.tsx$|^apps/web/(playwright/|postcss)|^prisma/(schema-engine/|prisma\\.config)`,
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "/@types/" },
    },
    {
      name: "experiments-know-no-dependent-feature",
      comment: "Flags and billing stand on experiments: the other way round features are a cycle.",
      severity: "error",
      from: { path: "^packages/features/experiments/", pathNot: tests },
      to: { path: "^packages/features/(flags|billing)/" },
    },
    {
      name: "statistics-stand-alone",
      comment: "They can be used without anything else of this repository.",
      severity: "error",
      from: { path: "^packages/statistics/", pathNot: tests },
      to: { path: "^(prisma|apps)/|^packages/(?!statistics/)" },
    },
    {
      name: "doors-are-for-others",
      comment:
        "Inside the module a file is imported from its room, not from a door that hands everything out.",
      severity: "error",
      from: { path: `${experiments}.+/`, pathNot: `${tests}|${experiments}examples/|\\.test-d\\.ts$` },
      to: { path: `${experiments}(index|install|server|module|next|proxy|types)\\.ts$` },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^prisma/generated" },
    exclude: { path: "(^|/)\\.next/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" }, // its "paths" know @/*
    // Without these, workspace subpath exports such as @calcom/prisma/client slip through.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
