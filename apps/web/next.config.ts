import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from "next/constants";
import { CONSTANT_HEADERS } from "./lib/door/constant-headers";
import { readRoutePatterns } from "./lib/serving/route-patterns";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cacheHandler = fileURLToPath(new URL("./cache-handler.mjs", import.meta.url));

export default function config(phase: string): NextConfig {
  return {
    // Workspaces export their TypeScript as it is.
    transpilePackages: [
      "@calcom/features",
      "@calcom/lib",
      "@calcom/prisma",
      "@calcom/statistics",
      "@calcom/trpc",
      "@calcom/ui",
    ],
    serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "posthog-node"],
    turbopack: { root },
    // Pages to measure against are in no other build; its hash knows this variable by its prefix.
    pageExtensions: process.env.NEXT_PUBLIC_BENCH_PAGES === "1" ? ["bench.tsx", "tsx", "ts"] : ["tsx", "ts"],
    outputFileTracingRoot: root,
    // For images: a server with the files that it needs, and no others.
    ...(process.env.BUILD_STANDALONE === "1" ? { output: "standalone" as const } : {}),
    env: { ...factsOfBuild(), ...nameOf(phase) },
    // By its sources: whichever command made a build, `npm start` sees whether it is of those that are there.
    generateBuildId: buildId,
    poweredByHeader: false,
    // posthog-js ends its path in a slash, and a redirect would cost each of its requests a second one. For pages the
    // redirect is the usual one.
    skipTrailingSlashRedirect: true,
    redirects: async () => [{ source: "/:path((?!api/).+)/", destination: "/:path", permanent: true }],
    // Else a rewrite by proxy.ts names "localhost" where the server was started on 127.0.0.1: to Next that is another
    // server, which it asks over the network, through the same proxy once more.
    skipProxyUrlNormalize: true,
    reactStrictMode: true,
    // `npm run check` types the whole tree once; the build does not type its part again.
    typescript: { ignoreBuildErrors: true },
    // forbidden() answers 403 with the next forbidden.tsx; what has no route, 404 with app/global-not-found.tsx.
    experimental: { authInterrupts: true, globalNotFound: true },
    headers: async () => [
      {
        source: "/:path*",
        headers: Object.entries(CONSTANT_HEADERS).map(([key, value]) => ({ key, value })),
      },
    ],
    // A path: Next loads it at run time. It is for built pages only.
    ...(phase === PHASE_DEVELOPMENT_SERVER ? {} : { cacheHandler }),
  };
}

/** What a running server must know of its sources, as packages/lib/env-of-build.ts reads it. */
function factsOfBuild(): Record<string, string> {
  const [migrations, app] = [`${root}prisma/migrations`, `${root}apps/web/app`];
  // A server that was built elsewhere has none of the sources, and needs none: the build has put the values in.
  if (!fs.existsSync(migrations) || !fs.existsSync(app)) return {};
  const folders = fs.readdirSync(migrations, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    EXPECTED_MIGRATIONS: folders.map(({ name }) => name).join(","),
    ROUTE_PATTERNS: readRoutePatterns(app).join(","),
  };
}

/** Which code it is that asks for experiments. A server that starts has the name in its build. */
function nameOf(phase: string): Record<string, string> {
  if (phase === PHASE_DEVELOPMENT_SERVER) return { BUILD_NAME: "development" };
  return phase === PHASE_PRODUCTION_BUILD ? { BUILD_NAME: buildId() } : {};
}

/** One for all of Next's processes that work at a build. */
function buildId(): string {
  process.env.NAME_OF_THIS_BUILD ??= process.env.TURBO_HASH ?? hashOfSources() ?? randomUUID();
  return process.env.NAME_OF_THIS_BUILD;
}

/** Turborepo's, as it gives it to the builds that it runs itself; null where it cannot run. */
function hashOfSources(): string | null {
  const turbo = fileURLToPath(new URL("../../node_modules/turbo/bin/turbo", import.meta.url));
  const args = [turbo, "run", "build", "--filter=@calcom/web", "--dry=json"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) return null;
  const { tasks }: { tasks: { taskId: string; hash: string }[] } = JSON.parse(
    stdout.slice(stdout.indexOf("{")),
  );
  return tasks.find(({ taskId }) => taskId === "@calcom/web#build")?.hash ?? null;
}
