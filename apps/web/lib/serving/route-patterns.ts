import fs from "node:fs";
import path from "node:path";

/** The patterns of all routes in an `app` folder, such as `/settings/admin/experiments/[slug]`. Used by the build. */
export function readRoutePatterns(appDir: string): string[] {
  const files = fs.readdirSync(appDir, { recursive: true, encoding: "utf8" });
  const patterns = files
    .filter((file) => /^(page|route)\.tsx?$/.test(path.basename(file)))
    .map((file) => patternOf(path.dirname(file)));
  return [...new Set(patterns)].sort();
}

function patternOf(dir: string): string {
  const segments = dir.split(path.sep).filter((segment) => segment !== "." && !/^\(.*\)$/.test(segment));
  return `/${segments.join("/")}`;
}
