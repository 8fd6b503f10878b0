import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Metric, Source } from "@calcom/features/experiments/server";
import { ScriptError } from "@calcom/lib/script-error";
import { root } from "./paths";

/** Where the application defines what it measures. Packages do not import applications: it is named, as a plug-in would be. */
export const METRICS_FILE = "apps/web/experiments.metrics.ts";

export interface ApplicationMetrics {
  metrics: readonly Metric[];
  sources: readonly Source[];
}

/** What a module exports as `experimentMetrics` and, where it has any, as `experimentSources`. */
export async function readMetrics(file = METRICS_FILE): Promise<ApplicationMetrics> {
  const full = path.resolve(root, file);
  if (!fs.existsSync(full))
    throw new ScriptError(`There is no file ${file} that defines metrics: name one with --metrics.`);
  const { experimentMetrics, experimentSources = [] } = (await import(pathToFileURL(full).href)) as {
    experimentMetrics?: readonly Metric[];
    experimentSources?: readonly Source[];
  };
  if (!Array.isArray(experimentMetrics))
    throw new ScriptError(`${file} does not export experimentMetrics, a list of metrics.`);
  return { metrics: experimentMetrics, sources: experimentSources };
}
