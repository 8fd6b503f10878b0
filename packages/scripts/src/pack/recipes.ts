/** A way into a package. */
export interface Door {
  source: string;
  /** What a host finds behind it. */
  holds: string;
}

export interface Recipe {
  name: string;
  description: string;
  /** By the path that hosts import, without the package's name. */
  doors: Readonly<Record<string, Door>>;
  /** Folders of the checkout that may get into the package, and what they are called in it. */
  folders: Readonly<Record<string, string>>;
  /** Commands, by their names: sources that run when they are loaded. */
  bin: Readonly<Record<string, string>>;
  /** Pages of the checkout that come along. */
  documents: readonly string[];
  /** Folders whose files of SQL come along, as they are. */
  sql: readonly string[];
  /** Ranges of what the host brings. */
  peers: Readonly<Record<string, string>>;
  /** Stylesheets by the path that hosts import, each with the folders whose classes it holds. */
  styles: Readonly<Record<string, readonly string[]>>;
  /** Sources with side effects when they are loaded. */
  effects: readonly string[];
  /** Peers that only some entry points need. */
  optionalPeers: readonly string[];
  /** Type packages that the declarations import. */
  types: readonly string[];
}

const module = "packages/features/experiments";

const statistics: Recipe = {
  name: "statistics",
  description:
    "Statistics for experiments whose results may be read at any time: comparisons, split checks, plans.",
  doors: {
    ".": { source: "packages/statistics/src/index.ts", holds: "analyses, verdicts and their sentences" },
    "./planner": {
      source: "packages/statistics/src/planner.ts",
      holds: "only the planner: how many units and weeks an effect needs",
    },
  },
  folders: { "packages/statistics/src": "." },
  bin: {},
  documents: [],
  sql: [],
  peers: {},
  styles: {},
  effects: [],
  optionalPeers: [],
  types: [],
};

const experiments: Recipe = {
  name: "experiments",
  description: "A/B tests in your own application: assignment, counting and results in your own PostgreSQL.",
  doors: {
    ".": { source: `${module}/index.ts`, holds: "types, cookies and preview links, for server and browser" },
    "./admin": {
      source: "packages/features/experiments-admin/mount/index.ts",
      holds: "the pages of the administration, mounted by one catch-all page; needs `experiments/admin.css`",
    },
    "./context": {
      source: `${module}/context/ExperimentContext.tsx`,
      holds: "the provider that passes the server's answers to the hooks, in the browser",
    },
    "./hooks": {
      source: `${module}/hooks/index.ts`,
      holds: "`useExperiment`, the other hooks, and conversions",
    },
    "./migrations": {
      source: `${module}/install.ts`,
      holds: "the module's SQL for your database, and a check of your views",
    },
    "./next": {
      source: "packages/features/flags/next.ts",
      holds: "everything that a Next.js application mounts, from one configuration; and `flags()`",
    },
    "./posthog/browser": {
      source: `${module}/lib/client/posthog-tracker.ts`,
      holds: "puts the variants that were seen on all other events; needs `posthog-js`",
    },
    "./posthog/server": {
      source: `${module}/lib/server/posthog-tracker.ts`,
      holds: "sends exposures and conversions to PostHog; needs `posthog-node`",
    },
    "./proxy": {
      source: `${module}/proxy.ts`,
      holds: "the proxy function that gives browsers their cookie; runs at the edge too",
    },
    "./server": { source: `${module}/module.ts`, holds: "the module, its administration and its results" },
    "./testing": {
      source: `${module}/context/ExperimentsTestProvider.tsx`,
      holds: "a provider for your own tests and stories",
    },
    "./types": { source: `${module}/types.ts`, holds: "schemas and types of everything that goes in or out" },
  },
  folders: {
    [module]: "experiments",
    "packages/features/experiments-admin": "admin",
    "packages/ui": "ui",
    "packages/lib": "lib",
    "packages/statistics/src": "statistics",
    // Flags, and how their rows are found.
    "packages/features/flags": "flags",
    "packages/features/teams": "teams",
  },
  bin: { experiments: `${module}/bin.ts` },
  documents: ["INSTALL.md"],
  sql: [`${module}/migrations`],
  peers: {
    next: ">=15.5",
    pg: ">=8.11 <9",
    "posthog-js": "^1.449.2",
    "posthog-node": "^5.70.0",
    react: ">=18.2",
    "react-dom": ">=18.2",
    zod: "^3.25.76 || ^4.0.0",
  },
  styles: {
    "./admin.css": [
      "packages/ui/components",
      "packages/ui/lib",
      "packages/features/experiments/components",
      "packages/features/experiments-admin",
      "packages/features/flags/components",
    ],
  },
  effects: ["packages/features/experiments-admin/mount/policy.ts"],
  optionalPeers: ["next", "posthog-js", "posthog-node", "react-dom"],
  types: ["@types/pg"],
};

export const RECIPES: readonly Recipe[] = [statistics, experiments];

/** The sources that a package begins with. */
export function entriesOf({ doors, bin }: Recipe): string[] {
  return [...Object.values(doors).map(({ source }) => source), ...Object.values(bin)];
}
